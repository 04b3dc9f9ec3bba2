import { useSyncExternalStore } from 'react';
import { currentSession, endingReason, onSessionChange, type Session } from './session.ts';

/** Who is signed in, and why no one is any more. */
export function useSession(): { session: Session | undefined; ending: string | undefined } {
  return {
    session: useSyncExternalStore(onSessionChange, currentSession),
    ending: useSyncExternalStore(onSessionChange, endingReason),
  };
}
