import DataLoader from 'dataloader';
import { batchLoader, loadBatch } from '#platform/dynamodb/batch-loader.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import { type Ratings, type Review, reviewId, type Subject } from './review.ts';
import { subjectKey } from './review-items.ts';
import type { ReviewStore } from './review-store.ts';

export interface Services {
  reviews: ReviewStore;
  now: () => Date;
  newId: () => string;
}

export interface Context extends RequestContext, Services {
  ratingsOf: DataLoader<Subject, Ratings, string>;
  reviewById: DataLoader<string, Review | undefined>;
}

/** Creates the context of one request. */
export function contextFactory(services: Services): (request: RequestContext) => Context {
  const { reviews } = services;
  return (request) => ({
    ...request,
    ...services,
    ratingsOf: new DataLoader(
      async (subjects) => {
        const found = await loadBatch(
          subjects,
          (all) => reviews.ratingsOf(all),
          ({ subject }) => subjectKey(subject),
          subjectKey,
        );
        return subjects.map((subject, i) => found[i] ?? { subject, count: 0, sum: 0 });
      },
      { cacheKeyFn: subjectKey },
    ),
    reviewById: batchLoader(
      (ids) => reviews.byIds(ids),
      ({ bookingId, subject }) => reviewId(bookingId, subject.type),
    ),
  });
}
