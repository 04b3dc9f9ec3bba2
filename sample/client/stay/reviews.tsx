import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { MoreReviewsDocument, type ReviewPageFragment } from '../__generated__/operations.ts';
import { errorMessage } from '../api/problems.ts';
import { monthOf } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { Stars } from '../ui/rating.tsx';

export const FIRST_REVIEWS = 2;
const MORE_REVIEWS = 10;

interface ReviewsProps {
  listingId: string;
  /** Undefined until they arrive, null if the reviews service failed. */
  reviews: ReviewPageFragment | null | undefined;
}

/** Lists guests' reviews, newest first. */
export function Reviews({ listingId, reviews }: ReviewsProps) {
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews">Reviews</h2>
      {reviews === undefined && <p className="muted">Loading the reviews…</p>}
      {reviews === null && <p className="muted">Reviews cannot be shown right now.</p>}
      {reviews?.edges.length === 0 && <p className="muted">No guest has reviewed this stay yet.</p>}
      <ul className="reviews">
        {reviews?.edges.map(({ node: { id, rating, text, writtenAt, author } }) => (
          <li key={id}>
            <Stars rating={rating} />
            <p>{text}</p>
            <p className="muted">
              {author?.name ?? 'A guest'}, {monthOf(writtenAt)}
            </p>
          </li>
        ))}
      </ul>
      {reviews?.pageInfo.hasNextPage && <More listingId={listingId} after={reviews.pageInfo.endCursor ?? ''} />}
    </section>
  );
}

/** Loads the page after a cursor, which the cache appends to the list. */
function More({ listingId, after }: { listingId: string; after: string }) {
  const client = useApolloClient();
  const [problem, setProblem] = useState<string>();
  const [isLoading, setLoading] = useState(false);

  async function load() {
    setLoading(true);
    const variables = { listingId, first: MORE_REVIEWS, after };
    const { error } = await client.query({ query: MoreReviewsDocument, variables, errorPolicy: 'all' });
    setProblem(error && errorMessage(error));
    setLoading(false);
  }

  return (
    <>
      {problem && <Notice>{problem}</Notice>}
      <button type="button" disabled={isLoading} onClick={() => void load()}>
        {isLoading ? 'Loading…' : 'Show more reviews'}
      </button>
    </>
  );
}
