import { useEffect, useState } from 'react';
import { type NewBookingFragment, NewBookingsDocument } from '../__generated__/operations.ts';
import { STATUS_LABELS } from '../booking/status-labels.ts';
import { useLive } from '../live/use-live.ts';
import { count, days, money } from '../ui/format.ts';
import { Link } from '../ui/location.tsx';

/** Milliseconds after a booking until the figures are queried again: they derive from the same event. */
const FIGURES_DELAY_MS = 1_000;

interface NewBookingsProps {
  /** Ids of the host's listings. */
  listings: string[];
  /** Called a moment after the last of some bookings. */
  onBooked: () => void;
}

/** Lists the bookings that arrive or change while the page is open, the newest first. */
export function NewBookings({ listings, onBooked }: NewBookingsProps) {
  const [bookings, setBookings] = useState<NewBookingFragment[]>([]);
  const add = (booking: NewBookingFragment) =>
    setBookings((known) => [booking, ...known.filter(({ id }) => id !== booking.id)].sort(latestFirst));
  useEffect(() => {
    if (bookings.length === 0) return undefined;
    const timer = setTimeout(onBooked, FIGURES_DELAY_MS);
    return () => clearTimeout(timer);
  }, [bookings, onBooked]);
  return (
    <>
      {listings.map((id) => (
        <BookingsOfListing key={id} listingId={id} onBooking={add} />
      ))}
      {bookings.length > 0 && (
        <section aria-labelledby="new-bookings" aria-live="polite">
          <h2 id="new-bookings">New bookings</h2>
          <ul className="rows">
            {bookings.map(({ id, guest, checkIn, checkOut, nights, totalPrice, listing, status }) => (
              <li key={id} className="panel">
                <div>
                  <p>
                    <strong>{guest?.name ?? 'A guest'}</strong> · {days(checkIn, checkOut)} · {count(nights, 'night')} ·{' '}
                    {money(totalPrice)}
                  </p>
                  <p className="muted">
                    {listing ? <Link to={`/stays/${listing.slug}`}>{listing.title}</Link> : 'A listing'}
                  </p>
                </div>
                <p>{STATUS_LABELS[status]}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface BookingsOfListingProps {
  listingId: string;
  onBooking: (booking: NewBookingFragment) => void;
}

function BookingsOfListing({ listingId, onBooking }: BookingsOfListingProps) {
  useLive(NewBookingsDocument, {
    variables: { listingId },
    onData: ({ bookingsOfListing }) => bookingsOfListing && onBooking(bookingsOfListing),
  });
  return null;
}

function latestFirst(a: NewBookingFragment, b: NewBookingFragment): number {
  return b.createdAt.localeCompare(a.createdAt);
}
