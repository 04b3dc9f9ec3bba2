import type { OperationExample } from '../../../../operator/graph-data.ts';
import { USERS } from '../seed/data.ts';

const [ADA, LIN] = USERS.map(({ email }) => email);
const TODAY = new Date().toISOString().slice(0, 10);
const OFFER = 'mutation OfferBook($input: OfferBookInput!) { offerBook(input: $input) { ... on Book { id } } }';
const TERMS = { author: 'Anon', pages: 100, publishedIn: 1900, summary: 'A book.', genre: 'novel' };

/** Calls of the registered operations, in an order that works. */
export const EXAMPLES: OperationExample[] = [
  {
    operation: 'OfferBook',
    text: OFFER,
    as: ADA,
    variables: ({ run }) => ({ input: { ...TERMS, title: `Book ${run}` } }),
  },
  {
    operation: 'BorrowBook',
    as: LIN,
    variables: ({ answers, run }) => ({
      input: { bookId: answers.OfferBook?.[run].offerBook.id, idempotencyKey: `example-${run}` },
    }),
  },
  { operation: 'Loan', as: LIN, variables: ({ answers }) => ({ id: answers.BorrowBook?.[0].borrowBook.id }) },
  { operation: 'Books', variables: () => ({ first: 10 }) },
  { operation: 'Book', variables: ({ answers }) => ({ id: answers.OfferBook?.[0].offerBook.id, others: 4 }) },
  {
    operation: 'ReturnBy',
    variables: ({ answers }) => ({ id: answers.OfferBook?.[0].offerBook.id, borrowedOn: TODAY }),
  },
  { operation: 'Viewer', as: ADA },
  { operation: 'Rename', as: ADA, variables: ({ run }) => ({ name: `Ada ${run}` }) },
  { operation: 'Profile', as: LIN },
];
