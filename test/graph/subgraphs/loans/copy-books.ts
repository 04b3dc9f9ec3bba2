import { type Subscription, subscribe } from '#platform/events/event-consumer.ts';
import { type BookFacts, bookEvents } from '../books/events.ts';
import type { LoanStore } from './loan-store.ts';

/** Returns the subscription that keeps the copies of books up to date. */
export function copyBooks(loans: Pick<LoanStore, 'saveCopy'>): Subscription {
  const save = ({ data: { bookId, title, isOffered }, version }: { data: BookFacts; version: number }) =>
    loans.saveCopy({ bookId, title, isOffered, version });
  return subscribe(bookEvents, { BookOffered: save, BookTakenBack: save });
}
