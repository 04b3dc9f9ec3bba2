import { randomUUID } from 'node:crypto';
import type { OperationExample } from '../../operator/graph-data.ts';

const GUEST = 'ada@example.com';
const HOST = 'host-2787@example.com';
const DAY_MS = 86_400_000;
/** After the bookings of the seed. */
const FIRST_DAY = 200;
const NIGHTS = 4;

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
    variables: ({ answers }) => ({ listingId: answers.Stay?.[0].listing.id, ...nights(FIRST_DAY) }),
  },
  {
    operation: 'BookStay',
    as: GUEST,
    variables: ({ answers, run }) => ({
      input: {
        listingId: answers.Stay?.[0].listing.id,
        ...nights(FIRST_DAY + run * NIGHTS),
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

function nights(day: number): { checkIn: string; checkOut: string } {
  return { checkIn: dateIn(day), checkOut: dateIn(day + NIGHTS) };
}

function dateIn(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

// biome-ignore lint/suspicious/noExplicitAny: the response of `Stays`
function firstStay(answers: Readonly<Record<string, any[]>>): { slug: string } {
  return answers.Stays?.[0].listings.edges[0].node;
}
