import { useQuery } from '@apollo/client/react';
import { StayDocument, type StayQuery } from '../__generated__/operations.ts';
import { errorMessage } from '../api/problems.ts';
import { BookingPanel } from '../booking/booking-panel.tsx';
import { count, money, ROOM_TYPES } from '../ui/format.ts';
import { Link } from '../ui/location.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Rating } from '../ui/rating.tsx';
import { StayPicture } from '../ui/stay-picture.tsx';
import { HostPanel } from './host-panel.tsx';
import { FIRST_REVIEWS, Reviews } from './reviews.tsx';
import './stay.css';

/**
 * Shows a listing, its host and its reviews. They come from three services, and each may fail alone. The host and the reviews are
 * deferred: the page does not wait for them.
 */
export function StayPage({ slug }: { slug: string }) {
  const { data, error, loading, refetch } = useQuery(StayDocument, {
    variables: { slug, firstReviews: FIRST_REVIEWS },
    errorPolicy: 'all',
  });
  const stay = data?.listing;
  return (
    <>
      <Link to="/" className="back">
        ← All stays
      </Link>
      {loading && !stay && <p role="status">Loading the stay…</p>}
      {error && !loading && <Notice onRetry={() => void refetch()}>{errorMessage(error)}</Notice>}
      {stay && <Stay stay={loading ? stay : { ...NOT_DELIVERED, ...stay }} />}
      {!stay && !loading && !error && (
        <Page title="Stay not found">
          <p>The host may have removed it.</p>
        </Page>
      )}
    </>
  );
}

type StayFields = NonNullable<StayQuery['listing']>;

/** Deferred fields that are missing at the end have failed. */
const NOT_DELIVERED = { host: null, overallRating: null, reviewCount: null, reviews: null };

function Stay({ stay }: { stay: StayFields }) {
  return (
    <Page title={stay.title} className="stay">
      <p className="stay-facts">
        {ROOM_TYPES[stay.roomType]} in {stay.neighbourhood}, {stay.borough} · <Rating of={stay} />
      </p>
      <StayPicture of={stay} houses={16} />
      <div className="stay-columns">
        <div>
          <section aria-labelledby="about">
            <h2 id="about">The place</h2>
            <p>{stay.description}</p>
            {stay.amenities.length > 0 && (
              <ul className="tags" aria-label="Amenities">
                {stay.amenities.map(({ id, name }) => (
                  <li key={id}>{name}</li>
                ))}
              </ul>
            )}
          </section>
          <Reviews listingId={stay.id} reviews={stay.reviews} />
        </div>
        <aside>
          <section className="panel" aria-label="Booking">
            <p className="price">
              <strong>{money(stay.nightlyPrice)}</strong> a night
            </p>
            <p className="muted">From {count(stay.minimumNights, 'night')}</p>
            {stay.status === 'CLOSED' ? (
              <p>The host no longer offers this place.</p>
            ) : (
              <BookingPanel listingId={stay.id} minimumNights={stay.minimumNights} />
            )}
          </section>
          <HostPanel host={stay.host} />
        </aside>
      </div>
    </Page>
  );
}
