import type { LoanResolvers } from '../__generated__/resolvers.ts';
import { statusOf } from '../loan.ts';

export const Loan: LoanResolvers = {
  __resolveReference: async ({ id }, { loanById, viewer }) => {
    const loan = await loanById.load(id);
    return loan && loan.memberId === viewer?.id ? loan : null;
  },
  book: ({ bookId }) => ({ id: bookId }),
  member: ({ memberId }) => ({ id: memberId }),
  status: (loan, _, { now }) => statusOf(loan, now()),
};
