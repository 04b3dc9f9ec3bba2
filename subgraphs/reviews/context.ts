import DataLoader from 'dataloader';
import type { RequestContext } from '#platform/subgraph-handler.ts';
import { type Ratings, type Review, reviewId, type Subject } from './review.ts';
import type { ReviewStore } from './review-store.ts';

export interface Services {
  reviews: ReviewStore;
  now: () => Date;
}

export interface Context extends RequestContext, Services {
  ratingsOf: DataLoader<Subject, Ratings, string>;
  reviewBy: DataLoader<Pick<Review, 'subject' | 'authorId'>, Review | undefined, string>;
}

const keyOf = ({ type, id }: Subject) => `${type}#${id}`;

/** Makes the context of one request. */
export function contextFactory(services: Services): (request: RequestContext) => Context {
  const { reviews } = services;
  return (request) => ({
    ...request,
    ...services,
    ratingsOf: new DataLoader(
      async (subjects) => {
        const found = new Map(
          (await reviews.ratingsOf([...subjects])).map((ratings) => [keyOf(ratings.subject), ratings]),
        );
        return subjects.map((subject) => found.get(keyOf(subject)) ?? { subject, count: 0, sum: 0 });
      },
      { cacheKeyFn: keyOf },
    ),
    reviewBy: new DataLoader(
      async (keys) => {
        const found = new Map((await reviews.byAuthors([...keys])).map((review) => [reviewId(review), review]));
        return keys.map((key) => found.get(reviewId(key)));
      },
      { cacheKeyFn: reviewId },
    ),
  });
}
