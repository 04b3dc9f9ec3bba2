import { type Subscription, subscribe } from '#platform/events/event-consumer.ts';
import { bookEvents } from '../books/events.ts';
import { loanEvents } from '../loans/events.ts';
import { ALL_BOOKS, ALL_LOANS, type CountStore, loansOfBook, loansOfMember } from './count-store.ts';

/** Returns the subscriptions that count events of other services, which may arrive twice and out of order. */
export function countEvents({ counts, now }: { counts: Pick<CountStore, 'add'>; now: () => Date }): Subscription[] {
  return [
    subscribe(bookEvents, { BookOffered: (event) => counts.add(event, [ALL_BOOKS], now()) }),
    subscribe(loanEvents, {
      LoanStarted: (event) => {
        const { bookId, memberId } = event.data;
        return counts.add(event, [ALL_LOANS, loansOfBook(bookId), loansOfMember(memberId)], now());
      },
    }),
  ];
}
