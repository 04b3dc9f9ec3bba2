import { BookingChangedDocument, type MyStayFragment } from '../__generated__/operations.ts';
import { STATUS_LABELS } from '../booking/status-labels.ts';
import { useLive } from '../live/use-live.ts';
import { count, days, money } from '../ui/format.ts';
import { Link } from '../ui/location.tsx';
import { StayPicture } from '../ui/stay-picture.tsx';
import { CancelButton } from './cancel-button.tsx';
import { ReviewSection } from './review-section.tsx';

/** A stay of the viewer, which they can cancel or review. */
export function MyStay({ stay }: { stay: MyStayFragment }) {
  const { listing, checkIn, checkOut, nights, totalPrice, status, phase } = stay;
  const title = listing?.title ?? 'This listing cannot be shown right now';
  useLive(BookingChangedDocument, { variables: { id: stay.id }, skip: status !== 'PENDING' });
  const isActive = status === 'CONFIRMED' || status === 'PENDING';
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
          <span className={`state state-${status.toLowerCase()}`}>{STATUS_LABELS[status]}</span>
        </p>
        {phase === 'UPCOMING' && isActive && (
          <CancelButton id={stay.id} stay={`${title}, ${days(checkIn, checkOut)}`} />
        )}
        {phase === 'COMPLETED' && status === 'CONFIRMED' && (
          <>
            <ReviewSection booking={stay.id} subject="LISTING" label="the place" review={stay.listingReview} />
            <ReviewSection booking={stay.id} subject="HOST" label="the host" review={stay.hostReview} />
          </>
        )}
      </div>
    </article>
  );
}
