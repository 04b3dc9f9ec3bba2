import type { MyStayFragment } from '../__generated__/operations.ts';
import { BOOKING_WORDS } from '../booking/booking-words.ts';
import { count, days, money } from '../ui/format.ts';
import { Link } from '../ui/location.tsx';
import { StayPicture } from '../ui/stay-picture.tsx';
import { CancelButton } from './cancel-button.tsx';
import { ReviewPart } from './review-part.tsx';

/** One stay of the viewer's, and what they can still do about it. */
export function MyStay({ stay }: { stay: MyStayFragment }) {
  const { listing, checkIn, checkOut, nights, totalPrice, status, phase } = stay;
  const title = listing?.title ?? 'A place that cannot be shown right now';
  const isStanding = status === 'CONFIRMED' || status === 'PENDING';
  return (
    <article className="my-stay panel" aria-label={title}>
      {listing && <StayPicture of={listing} houses={4} />}
      <div>
        <h3>{listing ? <Link to={`/stays/${listing.slug}`}>{title}</Link> : title}</h3>
        {listing && (
          <p className="muted">
            {listing.neighbourhood}, {listing.borough}
            {listing.host && ` · hosted by ${listing.host.name}`}
          </p>
        )}
        <p>
          <strong>{days(checkIn, checkOut)}</strong> · {count(nights, 'night')} · {money(totalPrice)}
        </p>
        <p className="my-stay-state" role="status">
          <span className={`state state-${status.toLowerCase()}`}>{BOOKING_WORDS[status]}</span>
        </p>
        {phase === 'UPCOMING' && isStanding && (
          <CancelButton id={stay.id} stay={`${title}, ${days(checkIn, checkOut)}`} />
        )}
        {phase === 'COMPLETED' && status === 'CONFIRMED' && (
          <>
            <ReviewPart booking={stay.id} subject="LISTING" what="the place" review={stay.listingReview} />
            <ReviewPart booking={stay.id} subject="HOST" what="the host" review={stay.hostReview} />
          </>
        )}
      </div>
    </article>
  );
}
