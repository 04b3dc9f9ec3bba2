import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';

interface DialogProps {
  title: string;
  onClose: () => void;
  /** Closes the dialog with `close`. */
  children: (close: () => void) => ReactNode;
}

/** A modal dialog, open while rendered. Escape closes it, and the focus returns to the previous element. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => restoreFocus(before);
  }, []);
  return createPortal(
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children(() => dialog.current?.close())}
    </dialog>,
    // Outside of the opener, so that its styles do not apply.
    document.body,
  );
}

/** Focuses the opener, or the page title if the opener is gone. */
function restoreFocus(element: Element | null): void {
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    const target = element?.isConnected && element !== document.body ? element : document.querySelector('h1');
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  });
}
