import { useQuery } from '@apollo/client/react';
import { type MyStayFragment, MyStaysDocument } from '../__generated__/operations.ts';
import { errorMessage } from '../api/problems.ts';
import { SignInButton } from '../session/sign-in-button.tsx';
import { useSession } from '../session/use-session.ts';
import { Link } from '../ui/location.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { MyStay } from './my-stay.tsx';
import './my-stays.css';

const FIRST = 50;

/** The viewer's stays as a guest: current, upcoming and past. */
export function MyStaysPage() {
  const { session } = useSession();
  const { data, error, loading, refetch } = useQuery(MyStaysDocument, {
    variables: { first: FIRST },
    errorPolicy: 'all',
    skip: !session,
    // Bookings are confirmed or cancelled by events, which do not update the cache.
    fetchPolicy: 'cache-and-network',
  });
  const me = session ? data?.me : undefined;
  return (
    <Page title="My stays" className="my-stays">
      {!session && (
        <>
          <p>Sign in to see your stays.</p>
          <SignInButton label="Sign in to see your stays" />
        </>
      )}
      {loading && !me && <p role="status">Loading your stays…</p>}
      {error && !loading && <Notice onRetry={() => void refetch()}>{errorMessage(error)}</Notice>}
      {me?.__typename === 'Host' && (
        <p>
          You are signed in as a host. <Link to="/dashboard">Go to your dashboard</Link>
        </p>
      )}
      {me?.__typename === 'Guest' && (
        <>
          {me.currentBooking && <Stays title="Current" stays={[me.currentBooking]} />}
          <Stays title="Upcoming" {...listProps(me.upcomingBookings)} emptyText="You have no upcoming stays." />
          <Stays title="Past" {...listProps(me.pastBookings)} emptyText="You have no past stays." />
        </>
      )}
    </Page>
  );
}

type StayPage = { edges: { node: MyStayFragment }[]; pageInfo: { hasNextPage: boolean } } | null;

/** Returns the props of a list; `stays` is null if the bookings service failed. */
function listProps(page: StayPage) {
  return { stays: page?.edges.map(({ node }) => node) ?? null, hasMore: page?.pageInfo.hasNextPage ?? false };
}

interface StaysProps {
  title: string;
  stays: MyStayFragment[] | null;
  emptyText?: string;
  hasMore?: boolean;
}

function Stays({ title, stays, emptyText, hasMore = false }: StaysProps) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {stays === null && <p className="muted">These stays cannot be shown right now.</p>}
      {stays?.length === 0 && (
        <p className="muted">
          {emptyText} {title === 'Upcoming' && <Link to="/">Find a place to stay</Link>}
        </p>
      )}
      <ul className="my-stay-list">
        {stays?.map((stay) => (
          <li key={stay.id}>
            <MyStay stay={stay} />
          </li>
        ))}
      </ul>
      {hasMore && <p className="muted">Only the first {FIRST} are shown.</p>}
    </section>
  );
}
