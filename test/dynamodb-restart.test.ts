import { eventually } from './eventually.ts';
import { BOOK, Library, OFFER } from './library.ts';
import { commandOf, descendants } from './processes.ts';
import type { Answer, TestSystem } from './system.ts';

/** What clients notice when the local DynamoDB dies under their writes, and what is there afterwards. */

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

/** Writes as several clients do, one book after the other, until it is told to stop. */
class Writers {
  /** Titles of the books that were acknowledged, by id. */
  readonly acknowledged = new Map<string, string>();
  readonly refused: Answer[] = [];
  #isOver = false;
  readonly #all = Array.from({ length: CLIENTS }, (_, client) => this.#write(client));

  async #write(client: number): Promise<void> {
    for (let i = 0; !this.#isOver; i++) {
      const title = `Volume ${client}-${i}`;
      const answer = await system.query(OFFER, { input: { ...BOOK, title } }, member);
      const id = answer.data?.offerBook?.id;
      if (id) this.acknowledged.set(id, title);
      else this.refused.push(answer);
    }
  }

  /** Waits until as many more are acknowledged. */
  async haveWritten(more: number): Promise<void> {
    const enough = this.acknowledged.size + more;
    while (this.acknowledged.size < enough) await turn();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#all);
  }
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Ids of this system's DynamoDB processes: none while it is down. */
function databases(): number[] {
  return descendants(process.pid).filter((pid) => {
    const [program = '', ...args] = commandOf(pid);
    return program.endsWith('dynoxide') && args.some((arg) => arg.includes('/system-'));
  });
}

function killDatabase(): void {
  for (const pid of databases()) process.kill(pid, 'SIGKILL');
}

/** Kills DynamoDB, and each that is started in its place, while something is done. */
async function withoutDatabase<T>(run: () => Promise<T>): Promise<T> {
  killDatabase();
  const killing = setInterval(killDatabase, 5);
  try {
    return await run();
  } finally {
    clearInterval(killing);
  }
}

const timesBack = () => system.logs.filter((line) => line === 'dynamodb DynamoDB is available again.').length;
const isBack = (times: number) => eventually(async () => expect(timesBack()).toBeGreaterThanOrEqual(times));

/** Titles as clients read them now, by id. */
async function stored(ids: Iterable<string>): Promise<Map<string, string>> {
  const titles = new Map<string, string>();
  for (const id of ids) {
    const { book } = await system.ask('query ($id: ID!) { book(id: $id) { title } }', { id });
    if (book) titles.set(id, book.title);
  }
  return titles;
}

test('a DynamoDB that is killed under writes is back at once, with every write that was acknowledged', async () => {
  const writers = new Writers();
  for (let times = 1; times <= 3; times++) {
    await writers.haveWritten(20);
    killDatabase();
    await isBack(times);
  }
  await writers.haveWritten(20);
  await writers.stop();
  expect(writers.acknowledged.size).toBeGreaterThanOrEqual(80);
  expect(await stored(writers.acknowledged.keys())).toEqual(writers.acknowledged);
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

test('while it is down each field that needs it is an error with a code, and no other is', async () => {
  const id = await library.offer(member);
  const query = `{ genres { id } book(id: "${id}") { title loanCount } }`;
  const whole = await system.query(query);
  expect(whole).toMatchObject({ status: 200, data: { book: { title: expect.any(String) } } });
  const before = timesBack();
  const [answer, written] = await withoutDatabase(async () => [
    await system.query(query),
    await system.query(OFFER, { input: { ...BOOK, title: 'Not now' } }, member),
  ]);
  expect(answer).toMatchObject({ status: 200, data: { genres: whole.data.genres, book: null } });
  expect(answer?.errors).toMatchObject([{ ...MASKED, path: ['book'] }]);
  expect(written).toMatchObject({ status: 200, errors: [{ ...MASKED, path: ['offerBook'] }] });
  expect(JSON.stringify([answer, written])).not.toMatch(/dynamo|127\.0\.0\.1|library-dev|stack|\.cjs/i);
  await isBack(before + 1);
  expect(await system.query(query)).toEqual(whole);
}, 120_000);

test('events of what is written afterwards arrive, and those of what was written before', async () => {
  const writers = new Writers();
  await writers.haveWritten(8);
  killDatabase();
  await writers.haveWritten(8);
  await writers.stop();
  for (const id of writers.acknowledged.keys()) await library.becomesAvailable(id);
}, 120_000);
