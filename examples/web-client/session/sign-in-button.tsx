import { useId, useRef } from 'react';
import { SignIn } from './sign-in.tsx';

/** Opens the dialog in which someone signs in. */
export function SignInButton({ words = 'Sign in' }: { words?: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  return (
    <>
      <button type="button" className="primary" onClick={() => dialog.current?.showModal()}>
        {words}
      </button>
      <dialog ref={dialog} aria-labelledby={title}>
        <SignIn title={title} onDone={() => dialog.current?.close()} />
      </dialog>
    </>
  );
}
