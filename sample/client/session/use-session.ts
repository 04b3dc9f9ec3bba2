import { useSyncExternalStore } from 'react';
import { currentSession, onSessionChange, type Session, sessionEndReason } from './session.ts';

/** Returns the current session, or why the last one ended. */
export function useSession(): { session: Session | undefined; endReason: string | undefined } {
  return {
    session: useSyncExternalStore(onSessionChange, currentSession),
    endReason: useSyncExternalStore(onSessionChange, sessionEndReason),
  };
}
