import { useEffect, useId, useRef, useState } from 'react';
import { SignIn } from './sign-in.tsx';

/** Opens the dialog in which someone signs in. */
export function SignInButton({ words = 'Sign in' }: { words?: string }) {
  const [isOpen, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
  }, [isOpen]);
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {words}
      </button>
      <dialog ref={dialog} aria-labelledby={title} onClose={() => setOpen(false)}>
        {isOpen && <SignIn title={title} onDone={() => dialog.current?.close()} />}
      </dialog>
    </>
  );
}
