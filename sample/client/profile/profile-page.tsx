import { useQuery } from '@apollo/client/react';
import { ProfileDocument } from '../__generated__/operations.ts';
import { errorMessage } from '../api/problems.ts';
import { useSession } from '../session/use-session.ts';
import { monthOf } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { ProfileForm } from './profile-form.tsx';
import './profile.css';

/** The viewer's profile. */
export function ProfilePage() {
  const { session } = useSession();
  const { data, error, loading, refetch } = useQuery(ProfileDocument, { errorPolicy: 'all', skip: !session });
  const me = data?.me;
  return (
    <Page title="Your profile" className="profile">
      {!session && <p>Sign in to see your profile.</p>}
      {loading && <p role="status">Loading your profile…</p>}
      {error && <Notice onRetry={() => void refetch()}>{errorMessage(error)}</Notice>}
      {session && me && (
        <>
          <p className="muted">
            {me.email} · {me.__typename === 'Host' ? 'Host' : 'Guest'} since {monthOf(me.memberSince)}
          </p>
          <ProfileForm key={me.id} name={me.name} about={me.about ?? ''} />
        </>
      )}
    </Page>
  );
}
