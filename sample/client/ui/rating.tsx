/** Rating fields of a listing or user: undefined until they arrive, null if the reviews service failed. */
interface RatingFields {
  overallRating?: number | null | undefined;
  reviewCount?: number | null | undefined;
}

/** Shows the average rating and the number of reviews. */
export function Rating({ of: { overallRating, reviewCount } }: { of: RatingFields }) {
  if (reviewCount === undefined || overallRating === undefined) return <span className="rating muted">…</span>;
  if (reviewCount === null) return <span className="rating muted">Rating not available</span>;
  if (overallRating === null) return <span className="rating muted">No reviews yet</span>;
  const mean = overallRating.toFixed(1);
  return (
    <span className="rating">
      <span aria-hidden="true">
        ★ {mean} <span className="muted">({reviewCount})</span>
      </span>
      <span className="visually-hidden">
        Rated {mean} of 5 by {reviewCount === 1 ? '1 guest' : `${reviewCount} guests`}
      </span>
    </span>
  );
}

const STARS = 5;

/** Shows one guest's rating as stars. */
export function Stars({ rating }: { rating: number }) {
  return (
    <span className="stars" role="img" aria-label={`${rating} of ${STARS} stars`}>
      {'★'.repeat(rating)}
      <span className="empty">{'★'.repeat(STARS - rating)}</span>
    </span>
  );
}
