import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';

interface DialogProps {
  title: string;
  onClose: () => void;
  /** Closes the dialog with `close`. */
  children: (close: () => void) => ReactNode;
}

/** A modal dialog, open while it is rendered. Escape closes it, and the focus goes back to where it was. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => focusAgain(before);
  }, []);
  return createPortal(
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children(() => dialog.current?.close())}
    </dialog>,
    // The styles of what it is opened from are not its own.
    document.body,
  );
}

/** What opened the dialog may be gone by now: reading then goes on at the title of the page. */
function focusAgain(element: Element | null): void {
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    const target = element?.isConnected && element !== document.body ? element : document.querySelector('h1');
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  });
}
