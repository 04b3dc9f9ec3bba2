import { useQuery } from '@apollo/client/react';
import { type MyStayFragment, MyStaysDocument } from '../__generated__/operations.ts';
import { inWords } from '../api/problems.ts';
import { SignInButton } from '../session/sign-in-button.tsx';
import { useSession } from '../session/use-session.ts';
import { Link } from '../ui/location.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { MyStay } from './my-stay.tsx';
import './my-stays.css';

const FIRST = 50;

/** The viewer's stays as a guest: those to come can be cancelled, those that are over can be reviewed. */
export function MyStaysPage() {
  const { session } = useSession();
  const { data, error, loading, refetch } = useQuery(MyStaysDocument, {
    variables: { first: FIRST },
    errorPolicy: 'all',
    skip: !session,
    // A booking is confirmed or cancelled by events, which the cache does not hear of.
    fetchPolicy: 'cache-and-network',
  });
  const me = session ? data?.me : undefined;
  return (
    <Page title="My stays" className="my-stays">
      {!session && (
        <>
          <p>Sign in to see your stays.</p>
          <SignInButton words="Sign in to see your stays" />
        </>
      )}
      {loading && !me && <p role="status">Loading your stays …</p>}
      {error && !loading && <Notice onRetry={() => void refetch()}>{inWords(error)}</Notice>}
      {me?.__typename === 'Host' && (
        <p>
          You offer places to stay. <Link to="/dashboard">To your dashboard</Link>
        </p>
      )}
      {me?.__typename === 'Guest' && (
        <>
          {me.currentBooking && <Stays title="Now" stays={[me.currentBooking]} />}
          <Stays title="To come" {...pageOf(me.upcomingBookings)} none="You have no stay ahead of you." />
          <Stays title="Over" {...pageOf(me.pastBookings)} none="No stay of yours is over yet." />
        </>
      )}
    </Page>
  );
}

type StayPage = { edges: { node: MyStayFragment }[]; pageInfo: { hasNextPage: boolean } } | null;

/** Null where the service of bookings does not answer. */
function pageOf(page: StayPage) {
  return { stays: page?.edges.map(({ node }) => node) ?? null, hasMore: page?.pageInfo.hasNextPage ?? false };
}

interface StaysProps {
  title: string;
  stays: MyStayFragment[] | null;
  none?: string;
  hasMore?: boolean;
}

function Stays({ title, stays, none, hasMore = false }: StaysProps) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {stays === null && <p className="muted">These stays cannot be shown right now.</p>}
      {stays?.length === 0 && (
        <p className="muted">
          {none} {title === 'To come' && <Link to="/">Find a place to stay</Link>}
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
