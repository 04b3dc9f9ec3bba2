import { count, money } from '../ui/format.ts';
import { Link } from '../ui/location.tsx';
import { Rating } from '../ui/rating.tsx';
import type { Dashboard } from './dashboard.ts';

/** Lists the host's listings with their figures. */
export function HostListings({ listings: { edges, pageInfo } }: { listings: Dashboard['listings'] }) {
  return (
    <section aria-labelledby="listings">
      <h2 id="listings">Your listings</h2>
      {edges.length === 0 && <p className="muted">You have no listings yet.</p>}
      <ul className="rows">
        {edges.map(({ node: { listing, totals, rating } }, i) => (
          <li key={listing?.id ?? i} className="panel">
            <div>
              <p>
                {listing ? <Link to={`/stays/${listing.slug}`}>{listing.title}</Link> : 'A listing'}
                {listing?.status === 'CLOSED' && <span className="muted"> · closed</span>}
              </p>
              <p className="muted">
                {count(totals.bookings, 'stay')} · {count(totals.nights, 'night')} · {money(totals.revenue)}
              </p>
            </div>
            <Rating of={{ overallRating: rating.average, reviewCount: rating.count }} />
          </li>
        ))}
      </ul>
      {pageInfo.hasNextPage && <p className="muted">Only the first {edges.length} are shown.</p>}
    </section>
  );
}
