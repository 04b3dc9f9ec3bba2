import { useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { SignIn } from './sign-in.tsx';

/** Opens the sign-in dialog. */
export function SignInButton({ label = 'Sign in' }: { label?: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {label}
      </button>
      {isOpen && (
        <Dialog title="Sign in" onClose={() => setOpen(false)}>
          {(close) => <SignIn onDone={close} />}
        </Dialog>
      )}
    </>
  );
}
