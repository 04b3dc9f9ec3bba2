import type { StayCardFragment } from '../__generated__/operations.ts';
import { money, ROOM_TYPES } from '../ui/format.ts';
import { Link } from '../ui/location.tsx';
import { Rating } from '../ui/rating.tsx';
import { StayPicture } from '../ui/stay-picture.tsx';

/** Summary of a listing, with a link to its page. */
export function StayCard({ stay }: { stay: StayCardFragment }) {
  return (
    <article className="card">
      <StayPicture of={stay} />
      <div className="card-text">
        <h2>
          <Link to={`/stays/${stay.slug}`}>{stay.title}</Link>
        </h2>
        <p className="muted">
          {ROOM_TYPES[stay.roomType]} · {stay.neighbourhood}, {stay.borough}
        </p>
        <p className="card-foot">
          <span>
            <strong>{money(stay.nightlyPrice)}</strong> a night
          </span>
          <Rating of={stay} />
        </p>
      </div>
    </article>
  );
}
