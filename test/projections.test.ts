import { deadLetter } from '../operator/dead-letter.ts';
import { DeadLetterQueues } from '../operator/dead-letter-queues.ts';
import { emptyTable, rebuildPlan, replayArchive } from '../operator/rebuild.ts';
import { CrashingConsumers } from './crashing-consumers.ts';
import { EventTraffic } from './event-traffic.ts';
import { eventually } from './eventually.ts';
import { loanEvents } from './graph/subgraphs/loans/events.ts';
import { Library } from './library.ts';
import type { TestSystem } from './system.ts';

/** Events count once in projections, after crashes, duplicates and replays. */

let library: Library;
let system: TestSystem;
let traffic: EventTraffic;
let ada: string;
let lin: string;
beforeAll(async () => {
  library = await Library.start();
  ({ system } = library);
  traffic = new EventTraffic(system);
  [ada, lin] = [await system.user('ada'), await system.user('lin', 'librarian')];
}, 120_000);
afterAll(() => system.close());

const figures = async () => (await system.ask('{ figures { books loans } }', {}, lin)).figures;
test('each event counts once, while consumers crash and events arrive twice in any order', async () => {
  const consumers = new CrashingConsumers(system);
  const books = await Promise.all([1, 2, 3, 4, 5].map(() => library.offer(ada)));
  for (const book of books) expect(await library.borrow(book, lin)).toMatchObject({ __typename: 'Loan' });
  const events = await traffic.published();
  await traffic.handled(events);
  const line = system.logs.length;
  await traffic.put(events.toReversed());
  await traffic.handled(events, line);
  expect(consumers.restore()).toBeGreaterThan(0);
  expect(await figures()).toEqual({ books: 5, loans: 5 });
  for (const id of books)
    expect(await system.ask(`{ book(id: "${id}") { loanCount } }`)).toEqual({ book: { loanCount: 1 } });
}, 120_000);

test('an invalid event ends in the dead-letter queue of its consumer, and delays no other event', async () => {
  const cause = { entityId: 'none', version: 1, time: new Date(), requestId: 'test' };
  const facts = { loanId: 'none', bookId: 'none', memberId: 'none', dueOn: '2026-05-01' };
  const poison = { ...loanEvents.event({ type: 'LoanStarted', data: facts, ...cause }), data: { loanId: 'none' } };
  await traffic.put([poison]);
  const before = await figures();
  await library.borrow(await library.offer(ada), lin);
  await eventually(async () => expect(await figures()).toEqual({ books: before.books + 1, loans: before.loans + 1 }));
  const letters: string[] = [];
  await eventually(async () => {
    const queues = new DeadLetterQueues({ aws: system.system.awsAccess });
    await queues.each(await queues.find('popularity-consumer-dlq'), async (message) => {
      const letter = JSON.stringify(deadLetter(message));
      const isPoison = letter.includes(poison.id);
      if (isPoison) letters.push(letter);
      return isPoison;
    });
    expect(letters).toHaveLength(1);
  });
  expect(letters[0]).toContain('InvalidEvent');
}, 120_000);

test('a projection is rebuilt: replayed events give the same figures in an empty table', async () => {
  const counts = async () =>
    new Map(
      (await traffic.items('popularity')).flatMap(({ id, times }) =>
        times === undefined ? [] : [[id, times] as const],
      ),
    );
  const before = await counts();
  expect(before.size).toBeGreaterThan(5);
  const connection = { aws: system.system.awsAccess };
  const plan = rebuildPlan(system.system.model, 'popularity');
  expect(await emptyTable(connection, plan)).toBeGreaterThan(before.size);
  expect(await traffic.items('popularity')).toEqual([]);
  await replayArchive(connection, plan, () => {});
  expect(await counts()).toEqual(before);
}, 120_000);
