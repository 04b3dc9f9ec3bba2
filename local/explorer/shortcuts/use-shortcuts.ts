import { useEffect, useRef } from 'react';

/** Actions by digit or letter. */
type Actions = Record<string, () => unknown>;

/** Runs an action on Alt and its key. */
export function useShortcuts(actions: Actions): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    function run(event: KeyboardEvent) {
      // The key, not the character, which Alt changes on some systems: https://www.w3.org/TR/uievents-code/
      const action = current.current[event.code.replace(/^(Key|Digit)/, '').toLowerCase()];
      if (!action || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      action();
    }
    // Before the editor, which inserts characters for some of them.
    document.addEventListener('keydown', run, { capture: true });
    return () => document.removeEventListener('keydown', run, { capture: true });
  }, []);
}
