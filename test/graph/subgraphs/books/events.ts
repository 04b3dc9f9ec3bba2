import * as z from 'zod/mini';
import { type EventOf, PublishedLanguage } from '#platform/events/domain-event.ts';

const bookFacts = z.object({ bookId: z.string(), ownerId: z.string(), title: z.string(), isOffered: z.boolean() });

/** Data of a book's events, with its state after the event. */
export type BookFacts = z.output<typeof bookFacts>;

/** Events of books. `entityId` is the book's id, `version` the book's version. */
export const bookEvents = new PublishedLanguage('books', { BookOffered: bookFacts, BookTakenBack: bookFacts });

/** Event of this service. */
export type BookEvent = EventOf<typeof bookEvents>;
