import { useQuery } from '@apollo/client/react';
import { ViewerDocument } from '../__generated__/operations.ts';
import { Link } from '../ui/location.tsx';
import { endSession } from './session.ts';
import { SignInButton } from './sign-in-button.tsx';
import { useSession } from './use-session.ts';

/** The corner of the page that shows who is signed in, or lets someone sign in. */
export function Account() {
  const { session } = useSession();
  return <div className="account">{session ? <SignedIn email={session.email} /> : <SignInButton />}</div>;
}

function SignedIn({ email }: { email: string }) {
  // The name is one of many things on the page: without it, the address says who it is.
  const { data } = useQuery(ViewerDocument, { errorPolicy: 'all' });
  return (
    <>
      <Link to="/profile" className="viewer">
        <span className="visually-hidden">Signed in as </span>
        {data?.me?.name ?? email}
      </Link>
      <button type="button" onClick={() => endSession()}>
        Sign out
      </button>
    </>
  );
}
