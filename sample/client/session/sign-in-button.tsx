import { useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { SignIn } from './sign-in.tsx';

/** Opens the dialog in which someone signs in. */
export function SignInButton({ words = 'Sign in' }: { words?: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {words}
      </button>
      {isOpen && (
        <Dialog title="Sign in" onClose={() => setOpen(false)}>
          {(close) => <SignIn onDone={close} />}
        </Dialog>
      )}
    </>
  );
}
