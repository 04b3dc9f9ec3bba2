import { randomUUID } from 'node:crypto';
import type { ExampleContext, OperationExample } from '../../operator/graph-data.ts';

const GUEST = 'ada@example.com';
const HOST = 'host-2787@example.com';
const DAY_MS = 86_400_000;
/** After the bookings of the seed. */
const FIRST_DAY = 200;

/** Calls of the registered operations, in an order that works. */
export const EXAMPLES: OperationExample[] = [
  {
    operation: 'Stays',
    variables: () => ({ filter: { borough: 'Brooklyn', maxPrice: 12_000 }, sort: 'PRICE_ASC', first: 12 }),
  },
  { operation: 'Stay', variables: ({ answers }) => ({ slug: firstStay(answers).slug, firstReviews: 5 }) },
  {
    operation: 'MoreReviews',
    variables: ({ answers }) => {
      const { id, reviews } = answers.Stay?.[0].listing ?? {};
      return { listingId: id, first: 5, after: reviews.pageInfo.endCursor };
    },
  },
  {
    operation: 'StayQuote',
    variables: ({ answers }) => ({ listingId: answers.Stay?.[0].listing.id, ...nights(answers, 0) }),
  },
  {
    operation: 'BookStay',
    as: GUEST,
    variables: ({ answers, run }) => ({
      input: {
        listingId: answers.Stay?.[0].listing.id,
        ...nights(answers, run),
        idempotencyKey: randomUUID(),
      },
    }),
  },
  { operation: 'Booking', as: GUEST, variables: ({ answers }) => ({ id: answers.BookStay?.[0].bookStay.id }) },
  {
    operation: 'CancelBooking',
    as: GUEST,
    variables: ({ answers, run }) => ({ id: answers.BookStay?.[run].bookStay.id }),
  },
  { operation: 'MyStays', as: GUEST, variables: () => ({ first: 5 }) },
  { operation: 'Viewer', as: GUEST },
  { operation: 'Profile', as: GUEST },
  {
    operation: 'UpdateProfile',
    as: GUEST,
    variables: ({ run }) => ({ input: { about: `I have travelled ${run} times.` } }),
  },
  { operation: 'HostDashboard', as: HOST, variables: () => ({ months: 6, first: 5 }) },
];

/** Returns the shortest stay that the listing allows; each run has other nights. */
function nights({ Stay }: ExampleContext['answers'], run: number): { checkIn: string; checkOut: string } {
  const length: number = Stay?.[0].listing.minimumNights;
  const first = FIRST_DAY + run * length;
  return { checkIn: dateIn(first), checkOut: dateIn(first + length) };
}

function dateIn(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

function firstStay({ Stays }: ExampleContext['answers']): { slug: string } {
  return Stays?.[0].listings.edges[0].node;
}
