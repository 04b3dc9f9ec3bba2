import * as z from 'zod/mini';
import { type EventOf, PublishedLanguage } from '#platform/events/domain-event.ts';

const bookFacts = z.object({ bookId: z.string(), ownerId: z.string(), title: z.string(), isOffered: z.boolean() });

/** What other services may know of a book, as it is after the event. */
export type BookFacts = z.output<typeof bookFacts>;

/** What happens to books. An event's `entityId` is the book's id and its `version` the book's, one more with each change. */
export const bookEvents = new PublishedLanguage('books', { BookOffered: bookFacts, BookTakenBack: bookFacts });

/** An event of this service. */
export type BookEvent = EventOf<typeof bookEvents>;
