import { badInput } from '#platform/graphql/bad-input.ts';
import { idProblem } from '#platform/graphql/text.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { ImportedReview, MutationResolvers, ReviewSubjectType } from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import { brokenRule, type Review, reviewId, type SubjectType } from '../review.ts';
import { importEvent, writtenEvent } from '../review-events.ts';
import { notYourStay, type Refusal, refusalOf, subjectOf } from '../stay.ts';

const MAX_IMPORT = 500;
const TYPES: Record<ReviewSubjectType, SubjectType> = { LISTING: 'Listing', HOST: 'Host', GUEST: 'Guest' };

export const Mutation: MutationResolvers = {
  writeReview: async (_, { input: { bookingId, subject, rating, text } }, context) => {
    const { id: authorId } = requireViewer(context.viewer);
    const broken = brokenRule({ rating, text });
    if (broken) return { __typename: 'ReviewInvalid', ...broken };
    return write(context, { bookingId, authorId, rating, text }, TYPES[subject]);
  },

  importReviews: async (_, { reviews: rows }, { reviews, now, newId, requestId }) => {
    if (rows.length > MAX_IMPORT) {
      throw badInput(`At most ${MAX_IMPORT} reviews can be imported in one call, not ${rows.length}.`);
    }
    const checked = rows.map((row) => ({ review: importedReview(row), reason: reasonToReject(row) }));
    const good = new Map(checked.filter(({ reason }) => !reason).map(({ review }) => [idOf(review), review]));
    const imported = await reviews.addMissing([...good.values()], (added) =>
      importEvent(added, { importId: newId(), time: now(), requestId }),
    );
    return {
      imported,
      existing: good.size - imported,
      rejected: checked.flatMap(({ reason }, row) => (reason ? [{ row, reason }] : [])),
    };
  },
};

/** Writes a review of a stay as it is now; should the stay change in between, it is looked at again. */
async function write(
  context: Context,
  said: Pick<Review, 'bookingId' | 'authorId' | 'rating' | 'text'>,
  type: SubjectType,
) {
  const { reviews, reviewById, requestId } = context;
  const now = context.now();
  const stay = await reviews.stay(said.bookingId);
  if (!stay) return refused(notYourStay(type));
  const refusal = refusalOf(stay, type, { userId: said.authorId, now });
  if (refusal) return refused(refusal);
  const review: Review = { ...said, subject: subjectOf(stay, type), writtenAt: now.toISOString() };
  const outcome = await reviews.add(review, stay, writtenEvent(review, requestId));
  if (outcome === 'STAY_CHANGED') return write(context, said, type);
  if (outcome === 'ADDED') return { __typename: 'Review', ...review } as const;
  const existing = (await reviewById.load(idOf(review))) ?? review;
  return { __typename: 'AlreadyReviewed', message: 'You have written this review before.', review: existing } as const;
}

function refused({ reason, message }: Refusal) {
  return { __typename: reason, message };
}

const idOf = ({ bookingId, subject }: Review) => reviewId(bookingId, subject.type);

function reasonToReject(row: ImportedReview): string | undefined {
  const ids = [row.bookingId, row.subjectId, row.authorId];
  return ids.map((id) => idProblem(id)).find(Boolean) ?? brokenRule(row)?.message;
}

/** Moments are kept in UTC, by which they sort as text. */
function importedReview({ subject, subjectId, writtenAt, ...said }: ImportedReview): Review {
  return { ...said, subject: { type: TYPES[subject], id: subjectId }, writtenAt: new Date(writtenAt).toISOString() };
}
