import { useRef } from 'react';
import { useShortcuts } from './use-shortcuts.ts';

const SHORTCUTS: [keys: string, action: string][] = [
  ['Ctrl+Enter', 'Run the operation at the cursor'],
  ['Ctrl+Space', 'Suggest fields and arguments'],
  ['Shift+Ctrl+P', 'Format the operation'],
  ['Shift+Ctrl+M', 'Merge fragments into the operation'],
  ['Shift+Ctrl+C', 'Copy the operation'],
  ['Alt+1 … Alt+4', 'Plan, time, cost, log'],
  ['Alt+0', 'Close the panel'],
  ['Alt+L', 'Enlarge the panel, or shrink it'],
  ['Alt+E', 'Estimate without running'],
  ['Alt+C', 'Run with cold functions'],
  ['Alt+S', 'Copy a link to the operation'],
  ['Alt+G', 'Switch between query and graph'],
  ['Alt+K', 'This list'],
];

/** Button that opens the list of keyboard shortcuts. */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  const show = () => dialog.current?.showModal();
  useShortcuts({ k: show });
  return (
    <>
      <button type="button" onClick={show} aria-haspopup="dialog" title="Alt+K">
        Shortcuts
      </button>
      <dialog ref={dialog} className="shortcuts" aria-labelledby="shortcuts-title">
        <h2 id="shortcuts-title">Keyboard shortcuts</h2>
        <dl>
          {SHORTCUTS.map(([keys, action]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{action}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  );
}
