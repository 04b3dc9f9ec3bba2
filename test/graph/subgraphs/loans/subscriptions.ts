import { forbidden } from '#platform/graphql/forbidden.ts';
import type { Subscriptions } from '#platform/graphql/subscriptions.ts';
import type { SubscriptionResolvers } from './__generated__/resolvers.ts';
import type { Context } from './context.ts';
import type { LoanEvent, loanEvents } from './events.ts';

export const subscriptions: Subscriptions<SubscriptionResolvers, typeof loanEvents> = {
  loansOfBook: {
    events: ['LoanStarted', 'LoanEnded'],
    topic: 'data.bookId',
    subscribe: ({ bookId }) => bookId,
    rootValue: changedLoan,
  },
  loanChanged: {
    events: ['LoanEnded'],
    topic: 'entityId',
    subscribe: async ({ id }, { loans, viewer }) => {
      const loan = await loans.latest(id);
      if (loan && loan.memberId === viewer?.id) return id;
      throw onlyForMember();
    },
    rootValue: async (event, context) => {
      const loan = await changedLoan(event, context);
      if (loan) return loan;
      throw onlyForMember();
    },
  },
};

const onlyForMember = () => forbidden('Only the member of a loan can follow it.');

/** Returns the loan of an event by a consistent read; null for other members. */
async function changedLoan({ entityId }: LoanEvent, { loans, viewer }: Context) {
  const loan = await loans.latest(entityId);
  return loan && loan.memberId === viewer?.id ? loan : null;
}
