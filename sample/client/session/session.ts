/** Who is signed in. */
export interface Session {
  token: string;
  email: string;
}

const KEY = 'session';
const listeners = new Set<() => void>();
let session = kept();
let ending: string | undefined;

/** Signs in at the issuer of this machine, which has no passwords. Throws what a person should read. */
export async function signIn(email: string): Promise<void> {
  const response = await fetch('/identity/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  }).catch(() => undefined);
  const answer: { token?: string } = (await response?.json().catch(() => undefined)) ?? {};
  if (!answer.token) throw new Error('Signing in does not work right now. Try again in a moment.');
  replace({ token: answer.token, email });
}

/** Signs out; a reason is shown until the next sign-in. */
export function endSession(reason?: string): void {
  replace(undefined, reason);
}

/** The token to send. */
export function token(): string | undefined {
  return session?.token;
}

export function currentSession(): Session | undefined {
  return session;
}

/** Why the last session ended, if not at the viewer's wish. */
export function endingReason(): string | undefined {
  return ending;
}

/** Tells of each sign-in and sign-out. Returns the end of telling. */
export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function replace(next: Session | undefined, reason?: string): void {
  session = next;
  ending = reason;
  if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
  else sessionStorage.removeItem(KEY);
  for (const listener of listeners) listener();
}

/** A reload of the page goes on with the session of its tab. */
function kept(): Session | undefined {
  const text = sessionStorage.getItem(KEY);
  return text ? JSON.parse(text) : undefined;
}
