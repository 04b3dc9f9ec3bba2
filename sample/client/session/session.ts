/** The session of the signed-in user. */
export interface Session {
  token: string;
  email: string;
}

const KEY = 'session';
const listeners = new Set<() => void>();
let session = storedSession();
let endReason: string | undefined;

/** Signs in with the local token issuer, which has no passwords. Throws an error with a message for the user. */
export async function signIn(email: string): Promise<void> {
  const response = await fetch('/identity/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  }).catch(() => undefined);
  const answer: { token?: string } = (await response?.json().catch(() => undefined)) ?? {};
  if (!answer.token) throw new Error('Signing in does not work right now. Try again in a moment.');
  setSession({ token: answer.token, email });
}

/** Signs out. `reason` is shown until the next sign-in. */
export function endSession(reason?: string): void {
  setSession(undefined, reason);
}

/** Returns the token of the current session. */
export function token(): string | undefined {
  return session?.token;
}

export function currentSession(): Session | undefined {
  return session;
}

/** Returns why the last session ended, unless the user signed out. */
export function sessionEndReason(): string | undefined {
  return endReason;
}

/** Subscribes to sign-ins and sign-outs. Returns the function to unsubscribe. */
export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function setSession(next: Session | undefined, reason?: string): void {
  session = next;
  endReason = reason;
  if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
  else sessionStorage.removeItem(KEY);
  for (const listener of listeners) listener();
}

/** Restores the session after a page reload. */
function storedSession(): Session | undefined {
  const text = sessionStorage.getItem(KEY);
  return text ? JSON.parse(text) : undefined;
}
