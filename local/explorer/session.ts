import { useCallback, useEffect, useRef, useState } from 'react';

const STORAGE_KEY = 'explorer:email';

/** The signed-in user and its token. */
export interface Session {
  email: string | undefined;
  /** Error message of a failed sign-in. */
  error: string | undefined;
  /** Resolves to the token of the latest sign-in. */
  token: () => Promise<string | undefined>;
  signIn: (email: string) => void;
  signOut: () => void;
}

/** Returns the session of this browser tab; it survives a reload. */
export function useSession(): Session {
  const [email, setEmail] = useState<string>();
  const [error, setError] = useState<string>();
  const signingIn = useRef<Promise<string | undefined>>(Promise.resolve(undefined));

  const signIn = useCallback((address: string) => {
    const request = requestToken(address);
    signingIn.current = request.then(({ token }) => token);
    void request.then(({ token, message }) => {
      setError(message);
      setEmail(token && address);
      if (token) sessionStorage.setItem(STORAGE_KEY, address);
    });
  }, []);

  const signOut = useCallback(() => {
    signingIn.current = Promise.resolve(undefined);
    setEmail(undefined);
    setError(undefined);
    sessionStorage.removeItem(STORAGE_KEY);
  }, []);

  useEffect(() => {
    const savedEmail = sessionStorage.getItem(STORAGE_KEY);
    if (savedEmail) signIn(savedEmail);
  }, [signIn]);

  const token = useCallback(() => signingIn.current, []);
  return { email, error, token, signIn, signOut };
}

async function requestToken(email: string): Promise<{ token?: string; message?: string }> {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch('/identity/token', { method: 'POST', headers, body: JSON.stringify({ email }) });
    const { token, message } = (await response.json()) as { token?: string; message?: string };
    return token ? { token } : { message: message ?? 'Sign-in failed.' };
  } catch {
    return { message: 'The token issuer is not reachable.' };
  }
}
