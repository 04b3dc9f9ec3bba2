import { useCallback, useEffect, useRef, useState } from 'react';

const KEY = 'explorer:email';

/** Who the explorer is, and its token once the issuer has answered. */
export interface Session {
  email: string | undefined;
  /** Why signing in did not work. */
  problem: string | undefined;
  /** The token of the latest sign-in; waits for one that is under way. */
  token: () => Promise<string | undefined>;
  signIn: (email: string) => void;
  signOut: () => void;
}

/** The session of this browser tab; a reload goes on with it. */
export function useSession(): Session {
  const [email, setEmail] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const signingIn = useRef<Promise<string | undefined>>(Promise.resolve(undefined));

  const signIn = useCallback((address: string) => {
    const request = requestToken(address);
    signingIn.current = request.then(({ token }) => token);
    void request.then(({ token, message }) => {
      setProblem(message);
      setEmail(token && address);
      if (token) sessionStorage.setItem(KEY, address);
    });
  }, []);

  const signOut = useCallback(() => {
    signingIn.current = Promise.resolve(undefined);
    setEmail(undefined);
    setProblem(undefined);
    sessionStorage.removeItem(KEY);
  }, []);

  useEffect(() => {
    const kept = sessionStorage.getItem(KEY);
    if (kept) signIn(kept);
  }, [signIn]);

  const token = useCallback(() => signingIn.current, []);
  return { email, problem, token, signIn, signOut };
}

async function requestToken(email: string): Promise<{ token?: string; message?: string }> {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch('/identity/token', { method: 'POST', headers, body: JSON.stringify({ email }) });
    const { token, message } = (await response.json()) as { token?: string; message?: string };
    return token ? { token } : { message: message ?? 'Signing in failed.' };
  } catch {
    return { message: 'The token issuer does not answer.' };
  }
}
