import { Link } from '../ui/location.tsx';
import { endSession } from './session.ts';
import { SignInButton } from './sign-in-button.tsx';
import { useSession } from './use-session.ts';
import { useViewer } from './use-viewer.ts';

/** The corner of the page that shows who is signed in, or lets someone sign in. */
export function Account() {
  const { session } = useSession();
  return <div className="account">{session ? <SignedIn email={session.email} /> : <SignInButton />}</div>;
}

function SignedIn({ email }: { email: string }) {
  const viewer = useViewer();
  return (
    <>
      <Link to="/profile" className="viewer">
        <span className="visually-hidden">Signed in as </span>
        {/* The name is one of many things on the page: without it, the address says who it is. */}
        {viewer?.name ?? email}
      </Link>
      <button type="button" onClick={() => endSession()}>
        Sign out
      </button>
    </>
  );
}

/** The pages that are the viewer's own. */
export function OwnPages() {
  const viewer = useViewer();
  if (!viewer) return null;
  return (
    <nav aria-label="Your pages">
      {viewer.__typename === 'Host' ? <Link to="/dashboard">Dashboard</Link> : <Link to="/my-stays">My stays</Link>}
    </nav>
  );
}
