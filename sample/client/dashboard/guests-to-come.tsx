import { BOOKING_WORDS } from '../booking/booking-words.ts';
import { CancelButton } from '../my-stays/cancel-button.tsx';
import { count, days, money } from '../ui/format.ts';
import { Link } from '../ui/location.tsx';
import type { Dashboard } from './dashboard.ts';

/** Who comes next. A host may cancel, as a guest may. */
export function GuestsToCome({ stays: { edges, pageInfo } }: { stays: Dashboard['upcoming'] }) {
  return (
    <section aria-labelledby="guests">
      <h2 id="guests">Guests to come</h2>
      {edges.length === 0 && <p className="muted">Nobody has booked yet.</p>}
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
              <p role="status">{booking?.status === 'CANCELLED' && BOOKING_WORDS.CANCELLED}</p>
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
