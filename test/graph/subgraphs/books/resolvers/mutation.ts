import { retryOnConflict } from '#platform/dynamodb/retry-on-conflict.ts';
import type { Cause } from '#platform/events/domain-event.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { MutationResolvers } from '../__generated__/resolvers.ts';
import { type Book, brokenRule, offer, takeBack } from '../book.ts';
import { type BookEvent, bookEvents } from '../events.ts';

export const Mutation: MutationResolvers = {
  offerBook: async (_, { input }, { viewer, books, now, newId, requestId }) => {
    const { id: ownerId } = requireViewer(viewer);
    const broken = brokenRule(input);
    if (broken) return { __typename: 'BookInvalid', ...broken };
    const time = now();
    const book = offer(input, { id: newId(), ownerId, now: time });
    await books.save(book, eventOf('BookOffered', book, { time, requestId }));
    return asResult(book);
  },

  takeBackBook: async (_, { id }, { viewer, books, now, requestId }) => {
    const { id: viewerId } = requireViewer(viewer);
    const result = await retryOnConflict(async () => {
      const book = await books.latest(id);
      if (book?.ownerId !== viewerId) return NOT_YOURS;
      if (!book.isOffered) return asResult(book);
      const changed = takeBack(book);
      const event = eventOf('BookTakenBack', changed, { time: now(), requestId });
      return (await books.save(changed, event)) ? asResult(changed) : undefined;
    });
    if (!result) throw new Error(`The book ${id} changed at every attempt`);
    return result;
  },
};

const asResult = (book: Book) => ({ __typename: 'Book', ...book }) as const;
const NOT_YOURS = { __typename: 'NotYourBook', message: 'You have no book with this id.' } as const;

/** Returns an event with the current state of a book. */
function eventOf(type: BookEvent['type'], book: Book, cause: Cause): BookEvent {
  const { id, ownerId, title, isOffered, version } = book;
  return bookEvents.event({ ...cause, type, entityId: id, version, data: { bookId: id, ownerId, title, isOffered } });
}
