import { Link } from '../ui/location.tsx';
import { endSession } from './session.ts';
import { SignInButton } from './sign-in-button.tsx';
import { useSession } from './use-session.ts';
import { useViewer } from './use-viewer.ts';

/** Shows the signed-in user and a sign-out button, or a sign-in button. */
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
        {/* The name is missing while the accounts service is down. */}
        {viewer?.name ?? email}
      </Link>
      <button type="button" onClick={() => endSession()}>
        Sign out
      </button>
    </>
  );
}

/** Navigation to the viewer's pages. */
export function ViewerNav() {
  const viewer = useViewer();
  if (!viewer) return null;
  return (
    <nav aria-label="Your pages">
      {viewer.__typename === 'Host' ? <Link to="/dashboard">Dashboard</Link> : <Link to="/my-stays">My stays</Link>}
    </nav>
  );
}
