import { badInput } from '#platform/graphql/bad-input.ts';
import { idProblem } from '#platform/graphql/text.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { ImportedReview, MutationResolvers, ReviewSubjectType } from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import { type Review, reviewId, type SubjectType, validationError } from '../review.ts';
import { importEvent, writtenEvent } from '../review-events.ts';
import { notYourStay, type Refusal, refusalOf, subjectOf } from '../stay.ts';

const MAX_IMPORT = 500;
const TYPES: Record<ReviewSubjectType, SubjectType> = { LISTING: 'Listing', HOST: 'Host', GUEST: 'Guest' };

export const Mutation: MutationResolvers = {
  writeReview: async (_, { input: { bookingId, subject, rating, text } }, context) => {
    const { id: authorId } = requireViewer(context.viewer);
    const invalid = validationError({ rating, text });
    if (invalid) return { __typename: 'ReviewInvalid', ...invalid };
    return write(context, { bookingId, authorId, rating, text }, TYPES[subject]);
  },

  importReviews: async (_, { reviews: rows }, { reviews, now, newId, requestId }) => {
    if (rows.length > MAX_IMPORT) {
      throw badInput(`At most ${MAX_IMPORT} reviews can be imported in one call, not ${rows.length}.`);
    }
    const checked = rows.map((row) => ({ review: importedReview(row), reason: reasonToReject(row) }));
    const good = new Map(checked.filter(({ reason }) => !reason).map(({ review }) => [idOf(review), review]));
    const imported = await reviews.addAbsent([...good.values()], (added) =>
      importEvent(added, { importId: newId(), time: now(), requestId }),
    );
    return {
      imported,
      existing: good.size - imported,
      rejected: checked.flatMap(({ reason }, row) => (reason ? [{ row, reason }] : [])),
    };
  },
};

/** Writes a review if the stay allows it. Starts again if the stay changes meanwhile. */
async function write(
  context: Context,
  content: Pick<Review, 'bookingId' | 'authorId' | 'rating' | 'text'>,
  type: SubjectType,
) {
  const { reviews, reviewById, requestId } = context;
  const now = context.now();
  const stay = await reviews.stay(content.bookingId);
  if (!stay) return failure(notYourStay(type));
  const refusal = refusalOf(stay, type, { userId: content.authorId, now });
  if (refusal) return failure(refusal);
  const review: Review = { ...content, subject: subjectOf(stay, type), writtenAt: now.toISOString() };
  const outcome = await reviews.add(review, stay, writtenEvent(review, requestId));
  if (outcome === 'STAY_CHANGED') return write(context, content, type);
  if (outcome === 'ADDED') return { __typename: 'Review', ...review } as const;
  const existing = (await reviewById.load(idOf(review))) ?? review;
  return { __typename: 'AlreadyReviewed', message: 'You have already written this review.', review: existing } as const;
}

function failure({ reason, message }: Refusal) {
  return { __typename: reason, message };
}

const idOf = ({ bookingId, subject }: Review) => reviewId(bookingId, subject.type);

function reasonToReject(row: ImportedReview): string | undefined {
  const ids = [row.bookingId, row.subjectId, row.authorId];
  return ids.map((id) => idProblem(id)).find(Boolean) ?? validationError(row)?.message;
}

/** Converts the time to UTC, so that times sort as text. */
function importedReview({ subject, subjectId, writtenAt, ...row }: ImportedReview): Review {
  return { ...row, subject: { type: TYPES[subject], id: subjectId }, writtenAt: new Date(writtenAt).toISOString() };
}
