import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { eventually } from './eventually.ts';
import { BOOK, Library, OFFER } from './library.ts';
import { commandOf, descendants } from './processes.ts';
import type { Answer, TestSystem } from './system.ts';

/** Crashes of the local DynamoDB under writes: responses of clients, and stored data. */

let system: TestSystem;
let library: Library;
let member: string;
beforeAll(async () => {
  library = await Library.start();
  ({ system } = library);
  member = await system.user('hana');
  await library.offer(member);
}, 120_000);
afterAll(() => system.close());

const CLIENTS = 4;

/** Several clients, each of which offers books one after the other until `stop`. */
class Writers {
  /** Titles of acknowledged books by id. */
  readonly acknowledged = new Map<string, string>();
  readonly refused: Answer[] = [];
  #isStopped = false;
  readonly #all = Array.from({ length: CLIENTS }, (_, client) => this.#write(client));

  async #write(client: number): Promise<void> {
    for (let i = 0; !this.#isStopped; i++) {
      const title = `Volume ${client}-${i}`;
      const answer = await system.query(OFFER, { input: { ...BOOK, title } }, member);
      const id = answer.data?.offerBook?.id;
      if (id) this.acknowledged.set(id, title);
      else this.refused.push(answer);
    }
  }

  /** Waits until this many more books are acknowledged. */
  async haveWritten(more: number): Promise<void> {
    const target = this.acknowledged.size + more;
    while (this.acknowledged.size < target) await nextTurn();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#all);
  }
}
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Returns the ids of this system's DynamoDB processes: none while it is down. */
function databases(): number[] {
  return descendants(process.pid).filter((pid) => {
    const [program = '', ...args] = commandOf(pid);
    return program.endsWith('dynoxide') && args.some((arg) => arg.includes('/system-'));
  });
}

function killDatabase(): void {
  for (const pid of databases()) process.kill(pid, 'SIGKILL');
}

/** Runs a function while DynamoDB is killed, also after each restart. */
async function withoutDatabase<T>(run: () => Promise<T>): Promise<T> {
  killDatabase();
  const killing = setInterval(killDatabase, 5);
  try {
    return await run();
  } finally {
    clearInterval(killing);
  }
}

const restarts = () => system.logs.filter((line) => line === 'dynamodb DynamoDB is available again.').length;
const restarted = (times: number) => eventually(async () => expect(restarts()).toBeGreaterThanOrEqual(times));

/** Waits until DynamoDB responds. While it is killed again and again, its log line can come between two kills. */
async function isAvailable(): Promise<void> {
  const dynamoDb = new DynamoDBClient(system.system.awsAccess);
  await eventually(async () => expect((await dynamoDb.send(new ListTablesCommand())).TableNames).not.toEqual([]));
}

/** Returns titles by id, as clients read them. */
async function storedTitles(ids: Iterable<string>): Promise<Map<string, string>> {
  const titles = new Map<string, string>();
  for (const id of ids) {
    const { book } = await system.ask('query ($id: ID!) { book(id: $id) { title } }', { id });
    if (book) titles.set(id, book.title);
  }
  return titles;
}

test('DynamoDB restarts when it is killed under writes, with every acknowledged write', async () => {
  const writers = new Writers();
  for (let times = 1; times <= 3; times++) {
    await writers.haveWritten(20);
    killDatabase();
    await restarted(times);
  }
  await writers.haveWritten(20);
  await writers.stop();
  expect(writers.acknowledged.size).toBeGreaterThanOrEqual(80);
  expect(await storedTitles(writers.acknowledged.keys())).toEqual(writers.acknowledged);
  for (const { status, errors } of writers.refused) {
    expect(status).toBe(200);
    expect(errors).toMatchObject([MASKED]);
  }
  expect(system.logs.filter((line) => /^dynamodb DynamoDB exited with signal SIGKILL/.test(line))).toHaveLength(3);
}, 120_000);

const MASKED = {
  message: 'Internal server error',
  extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: expect.any(String) },
};

test('while DynamoDB is down only the fields that need it are errors, with a code', async () => {
  const id = await library.offer(member);
  const query = `{ genres { id } book(id: "${id}") { title loanCount } }`;
  const whole = await system.query(query);
  expect(whole).toMatchObject({ status: 200, data: { book: { title: expect.any(String) } } });
  const [answer, written] = await withoutDatabase(async () => [
    await system.query(query),
    await system.query(OFFER, { input: { ...BOOK, title: 'Refused' } }, member),
  ]);
  expect(answer).toMatchObject({ status: 200, data: { genres: whole.data.genres, book: null } });
  expect(answer?.errors).toMatchObject([{ ...MASKED, path: ['book'] }]);
  expect(written).toMatchObject({ status: 200, errors: [{ ...MASKED, path: ['offerBook'] }] });
  expect(JSON.stringify([answer, written])).not.toMatch(/dynamo|127\.0\.0\.1|library-dev|stack|\.cjs/i);
  await isAvailable();
  expect(await system.query(query)).toEqual(whole);
}, 120_000);

test('the events of writes before and after a crash arrive', async () => {
  const writers = new Writers();
  await writers.haveWritten(8);
  killDatabase();
  await writers.haveWritten(8);
  await writers.stop();
  for (const id of writers.acknowledged.keys()) await library.becomesAvailable(id);
}, 120_000);
