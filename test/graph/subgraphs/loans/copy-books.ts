import { type Subscription, subscribe } from '#platform/events/event-consumer.ts';
import { type BookFacts, bookEvents } from '../books/events.ts';
import type { LoanStore } from './loan-store.ts';

/** Keeps this service's own copy of books up to date. */
export function copyBooks(loans: Pick<LoanStore, 'keepCopy'>): Subscription {
  const keep = ({ data: { bookId, title, isOffered }, version }: { data: BookFacts; version: number }) =>
    loans.keepCopy({ bookId, title, isOffered, version });
  return subscribe(bookEvents, { BookOffered: keep, BookTakenBack: keep });
}
