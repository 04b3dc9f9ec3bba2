import { useQuery } from '@apollo/client/react';
import { useRef } from 'react';
import { ViewerDocument } from '../__generated__/operations.ts';
import { Link } from '../ui/location.tsx';
import { endSession } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { useSession } from './use-session.ts';

/** The corner of the page that shows who is signed in, or lets someone sign in. */
export function Account() {
  const dialog = useRef<HTMLDialogElement>(null);
  const { session } = useSession();
  if (session) return <SignedIn email={session.email} />;
  return (
    <div className="account">
      <button type="button" className="primary" onClick={() => dialog.current?.showModal()}>
        Sign in
      </button>
      <dialog ref={dialog} aria-labelledby="sign-in-title">
        <SignIn onDone={() => dialog.current?.close()} />
      </dialog>
    </div>
  );
}

function SignedIn({ email }: { email: string }) {
  // The name is one of many things on the page: without it, the address says who it is.
  const { data } = useQuery(ViewerDocument, { errorPolicy: 'all' });
  return (
    <div className="account">
      <Link to="/profile" className="viewer">
        <span className="visually-hidden">Signed in as </span>
        {data?.me?.name ?? email}
      </Link>
      <button type="button" onClick={() => endSession()}>
        Sign out
      </button>
    </div>
  );
}
