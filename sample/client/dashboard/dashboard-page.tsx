import { useQuery } from '@apollo/client/react';
import { HostDashboardDocument } from '../__generated__/operations.ts';
import { errorMessage } from '../api/problems.ts';
import { SignInButton } from '../session/sign-in-button.tsx';
import { useSession } from '../session/use-session.ts';
import { useViewer } from '../session/use-viewer.ts';
import { money } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import type { Dashboard } from './dashboard.ts';
import { HostListings } from './host-listings.tsx';
import { Months } from './months.tsx';
import { NewBookings } from './new-bookings.tsx';
import { UpcomingGuests } from './upcoming-guests.tsx';
import './dashboard.css';

const MONTHS = 6;
const FIRST = 50;
/** Listings whose new bookings are shown live: each takes a subscription of the connection. */
const LIVE = 20;

/** A host's figures, upcoming guests and listings. */
export function DashboardPage() {
  const { session } = useSession();
  const viewer = useViewer();
  const isHost = viewer?.__typename === 'Host';
  const { data, error, loading, refetch } = useQuery(HostDashboardDocument, {
    variables: { months: MONTHS, first: FIRST },
    errorPolicy: 'all',
    skip: !isHost,
    // Bookings change without this client.
    fetchPolicy: 'cache-and-network',
  });
  const dashboard = isHost ? data?.hostDashboard : undefined;
  return (
    <Page title="Dashboard" className="dashboard">
      {!session && (
        <>
          <p>Sign in as a host to see your figures.</p>
          <SignInButton label="Sign in to see your dashboard" />
        </>
      )}
      {session && viewer && !isHost && <p>This page is for hosts. You are signed in as a guest.</p>}
      {loading && !dashboard && <p role="status">Loading your figures…</p>}
      {error && !loading && <Notice onRetry={() => void refetch()}>{errorMessage(error)}</Notice>}
      {dashboard && <Figures of={dashboard} onBooked={refetch} />}
    </Page>
  );
}

function Figures({ of: dashboard, onBooked }: { of: Dashboard; onBooked: () => void }) {
  const { totals, rating, openListings, months, upcoming, listings } = dashboard;
  return (
    <>
      <dl className="figures">
        <Figure name="Stays booked" value={String(totals.bookings)} />
        <Figure name="Nights" value={String(totals.nights)} />
        <Figure name="Revenue" value={money(totals.revenue)} />
        <Figure
          name="Rating"
          value={rating.average === null ? 'None yet' : `${rating.average.toFixed(1)} (${rating.count})`}
        />
        <Figure name="Open listings" value={String(openListings)} />
      </dl>
      <NewBookings listings={openIds(listings)} onBooked={onBooked} />
      <UpcomingGuests stays={upcoming} />
      <Months months={months} />
      <HostListings listings={listings} />
    </>
  );
}

/** Returns the ids of the first listings that can be booked. */
function openIds({ edges }: Dashboard['listings']): string[] {
  const open = edges.flatMap(({ node: { listing } }) => (listing?.status === 'CLOSED' ? [] : (listing?.id ?? [])));
  return open.slice(0, LIVE);
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="panel">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
