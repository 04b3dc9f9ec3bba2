import { GraphQLError } from 'graphql';
import { signedIn } from '#platform/viewer.ts';
import type { MutationResolvers, ReviewSubjectInput } from '../__generated__/resolvers.ts';
import { brokenRule, type Review, type Subject } from '../review.ts';

const MAX_IMPORT = 500;

export const Mutation: MutationResolvers = {
  writeReview: async (_, { input }, { viewer, reviews, now }) => {
    const { id: authorId, groups } = signedIn(viewer);
    if (groups.includes('host')) return { __typename: 'NotAGuest', message: 'Only guests write reviews, not hosts.' };
    const subject = subjectFrom(input.subject);
    if (!subject) return { __typename: 'ReviewInvalid', field: 'subject', message: ONE_SUBJECT };
    const broken = brokenRule(input);
    if (broken) return { __typename: 'ReviewInvalid', ...broken };
    const review: Review = {
      subject,
      authorId,
      rating: input.rating,
      text: input.text,
      writtenAt: now().toISOString(),
    };
    if (await reviews.add(review)) return { __typename: 'Review', ...review };
    return { __typename: 'AlreadyReviewed', message: 'You have reviewed this before; a guest reviews once.' };
  },

  importReviews: async (_, { reviews: rows }, { reviews }) => {
    if (rows.length > MAX_IMPORT) {
      throw new GraphQLError(`At most ${MAX_IMPORT} reviews can be imported in one call, not ${rows.length}.`, {
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
    const result = { imported: 0, existing: 0, rejected: [] as { row: number; reason: string }[] };
    for (const [row, { subject: named, ...rest }] of rows.entries()) {
      const subject = subjectFrom(named);
      const reason = subject ? brokenRule(rest)?.message : ONE_SUBJECT;
      if (!subject || reason) result.rejected.push({ row, reason: reason ?? ONE_SUBJECT });
      else if (await reviews.add({ subject, ...rest })) result.imported++;
      else result.existing++;
    }
    return result;
  },
};

const ONE_SUBJECT = 'Name one subject: either listingId or hostId.';

function subjectFrom({ listingId, hostId }: ReviewSubjectInput): Subject | undefined {
  if (listingId && !hostId) return { type: 'Listing', id: listingId };
  if (hostId && !listingId) return { type: 'Host', id: hostId };
  return undefined;
}
