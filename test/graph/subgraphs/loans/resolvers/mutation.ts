import { type IdempotencyKey, idempotencyKeyProblem } from '#platform/dynamodb/idempotency.ts';
import { retryOnConflict } from '#platform/dynamodb/retry-on-conflict.ts';
import type { Cause } from '#platform/events/domain-event.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { MutationResolvers } from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import { type LoanEvent, loanEvents } from '../events.ts';
import { end, type Loan, start } from '../loan.ts';

export const Mutation: MutationResolvers = {
  borrowBook: async (_, { input: { bookId, idempotencyKey } }, context) => {
    const { id: memberId } = requireViewer(context.viewer);
    const brokenKey = idempotencyKeyProblem(idempotencyKey);
    if (brokenKey) return { __typename: 'LoanInvalid', field: 'idempotencyKey', message: brokenKey };
    const key = { owner: memberId, key: idempotencyKey, input: [bookId] };
    const book = await context.bookById.load(bookId);
    // A repeated key returns its loan even if the book is no longer offered.
    if (!book?.isOffered) return (await earlierResult(context, key)) ?? NOT_OFFERED;
    return borrow(context, bookId, key);
  },

  returnBook: async (_, { id }, { viewer, loans, now, requestId }) => {
    const { id: memberId } = requireViewer(viewer);
    const result = await retryOnConflict(async () => {
      const loan = await loans.latest(id);
      if (loan?.memberId !== memberId) return NOT_FOUND;
      if (loan.isReturned) return asResult(loan);
      const ended = end(loan);
      return (await loans.end(ended, eventOf('LoanEnded', ended, { time: now(), requestId })))
        ? asResult(ended)
        : undefined;
    });
    if (!result) throw new Error(`The loan ${id} changed at every attempt`);
    return result;
  },
};

/** Returns the result of the key's first use, if any. */
async function earlierResult({ loans }: Context, key: IdempotencyKey) {
  const before = await loans.previousUse(key);
  if (!before) return undefined;
  if (!before.sameInput) return KEY_REUSED;
  const loan = await loans.latest(before.resultId);
  if (!loan) throw new Error(`The loan ${before.resultId} of an idempotency key does not exist`);
  return asResult(loan);
}

async function borrow(context: Context, bookId: string, key: IdempotencyKey) {
  const { loans, newId, now, requestId } = context;
  const time = now();
  const loan = start({ id: newId(), bookId, memberId: key.owner }, time);
  const outcome = await loans.add(loan, key, eventOf('LoanStarted', loan, { time, requestId }), time);
  if (outcome === 'ADDED') return asResult(loan);
  if (outcome === 'BOOK_OUT') return OUT;
  const before = await earlierResult(context, key);
  if (!before) throw new Error('An idempotency key was used, but does not exist');
  return before;
}

function eventOf(type: LoanEvent['type'], { id, bookId, memberId, dueOn, version }: Loan, cause: Cause): LoanEvent {
  const data = { loanId: id, bookId, memberId, dueOn };
  return loanEvents.event({ ...cause, type, entityId: id, version, data });
}

const asResult = (loan: Loan) => ({ __typename: 'Loan', ...loan }) as const;
const OUT = { __typename: 'BookOut', message: 'Another member has this book.' } as const;
const NOT_OFFERED = { __typename: 'BookNotOffered', message: 'This book is not offered.' } as const;
const NOT_FOUND = { __typename: 'LoanNotFound', message: 'You have no loan with this id.' } as const;
const KEY_REUSED = {
  __typename: 'IdempotencyKeyReused',
  message: 'This idempotency key was used for another book: send a new one.',
} as const;
