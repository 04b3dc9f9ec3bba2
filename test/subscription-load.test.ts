import { randomUUID } from 'node:crypto';
import { chunksOf } from '#platform/dynamodb/batch-read.ts';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import { Subscribers } from '../bench/live/subscribers.ts';
import { EventTraffic } from './event-traffic.ts';
import { BOOK, Library, OFFER } from './library.ts';
import { caseCount, timeLimit } from './long-runs.ts';

/** Many subscriptions through the whole local run: no message is lost, and none comes twice. */

const QUERY = 'subscription ($id: ID!) { bookChanged(id: $id) { title isOffered isAvailable } }';
/** Subscriptions of a connection, of which the default limit is 50. */
const EACH = 50;
const LIMIT_MS = 120_000;

let library: Library;
let owner: string;
beforeAll(async () => {
  library = await Library.start();
  owner = await library.system.token('owner@library.example');
}, 120_000);
afterAll(() => library.close());

async function offerBooks(count: number): Promise<string[]> {
  const ids: string[] = [];
  const offer = async () => (await library.system.ask(OFFER, { input: BOOK }, owner)).offerBook.id;
  for (const chunk of chunksOf(8, Array.from({ length: count }))) ids.push(...(await Promise.all(chunk.map(offer))));
  return ids;
}

function eventOf(bookId: string, version: number): DomainEvent {
  const data = { bookId, ownerId: 'o', title: 'The Waves', pages: 1, isOffered: true };
  const time = new Date().toISOString();
  const identity = { id: randomUUID(), entityId: bookId, version, requestId: 'test', time };
  return { ...identity, type: 'BookOffered', source: 'books', data };
}

test.each([
  { topics: 1, each: caseCount(200, 10_000) },
  { topics: caseCount(20, 1_000), each: 10 },
])(
  '$topics topics with $each subscriptions each',
  async ({ topics, each }) => {
    const books = await offerBooks(topics);
    const subscriptions = books.flatMap((id) =>
      Array.from({ length: each }, () => ({ topic: id, query: QUERY, variables: { id } })),
    );
    const subscribers = await Subscribers.open({
      url: library.system.system.webSocketUrl ?? '',
      connections: subscriptions.length / EACH,
      subscriptions,
      confirms: true,
    });
    const traffic = new EventTraffic(library.system);
    for (const version of [5, 6, 7]) {
      await traffic.put(books.map((id) => eventOf(id, version)));
      await subscribers.all(version, LIMIT_MS);
      expect(subscribers.received(version)).toBe(subscriptions.length);
    }
    expect(subscribers.repeated).toBe(0);
    subscribers.close();
  },
  timeLimit(60_000),
);
