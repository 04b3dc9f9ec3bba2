import { STATUS_LABELS } from '../booking/status-labels.ts';
import { CancelButton } from '../my-stays/cancel-button.tsx';
import { count, days, money } from '../ui/format.ts';
import { Link } from '../ui/location.tsx';
import type { Dashboard } from './dashboard.ts';

/** Lists upcoming stays, which the host can cancel. */
export function UpcomingGuests({ stays: { edges, pageInfo } }: { stays: Dashboard['upcoming'] }) {
  return (
    <section aria-labelledby="guests">
      <h2 id="guests">Upcoming guests</h2>
      {edges.length === 0 && <p className="muted">No upcoming guests yet.</p>}
      <ul className="rows">
        {edges.map(({ node: { booking, listing, guest, checkIn, checkOut, nights, total } }, i) => {
          const name = guest?.name ?? 'A guest';
          return (
            <li key={booking?.id ?? i} className="panel">
              <div>
                <p>
                  <strong>{name}</strong> · {days(checkIn, checkOut)} · {count(nights, 'night')} · {money(total)}
                </p>
                <p className="muted">
                  {listing ? <Link to={`/stays/${listing.slug}`}>{listing.title}</Link> : 'A listing'}
                </p>
              </div>
              <p role="status">{booking?.status === 'CANCELLED' && STATUS_LABELS.CANCELLED}</p>
              {booking?.phase === 'UPCOMING' && booking.status === 'CONFIRMED' && (
                <CancelButton id={booking.id} stay={`the stay of ${name}, ${days(checkIn, checkOut)}`} />
              )}
            </li>
          );
        })}
      </ul>
      {pageInfo.hasNextPage && <p className="muted">Only the next {edges.length} are shown.</p>}
    </section>
  );
}
