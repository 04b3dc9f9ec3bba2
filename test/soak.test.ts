import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { chunksOf } from '#platform/dynamodb/batch-read.ts';
import { discoverSubgraphs, LIBRARY } from '../build/discover.ts';
import { registeredOperations } from '../build/operations/registered.ts';
import { Library } from './library.ts';
import { descendants, rssMb, workingDirectoryOf } from './processes.ts';
import type { Answer, TestSystem } from './system.ts';

/** Whole system under many concurrent clients, while processes of its services are killed. */

const CLIENTS = 200;
const SECONDS = 60;
/** Time of the first measurement of memory: every environment has handled requests by then. */
const WARM_SECONDS = 20;
const KILL_EVERY_MS = 1_000;
/** Longest pause of a client between two requests, besides its backoff. */
const MAX_PAUSE_MS = 12_000;
/** A client pauses this many times the duration of its last request: a busy machine is not overloaded. */
const BACKOFF = 4;
/** Unregistered operations of each kind, which each environment of the gateway plans once. */
const UNREGISTERED = 10;
/** Allowed growth between the two measurements, 10^6 bytes. A leak of 10 KB for each request exceeds that of the heap. */
const MAX_GROWTH_MB = { heap: 20, system: 100, gateway: 50 };
/** Concurrent requests outside the load. */
const FEW = 8;
const SUBGRAPHS = new Set(discoverSubgraphs(LIBRARY).map(({ name }) => name));

interface Request {
  query: string;
  variables?: Record<string, unknown>;
  token?: string;
}

let system: TestSystem;
let isClosed = false;
/** Processes that ran before the system. */
let earlierProcesses: number[];
let requests: Request[];
/** Data of each request's response while all services run. */
let expectedData: unknown[];

beforeAll(async () => {
  earlierProcesses = descendants(process.pid);
  const library = await Library.start();
  ({ system } = library);
  const owner = await system.user('hana', 'librarian');
  const [id] = [await library.offer(owner), await library.offer(owner), await library.offer(owner)];
  requests = requestsFor(id, owner);
  expectedData = await allData();
}, 120_000);
afterAll(() => isClosed || system.close());

/** Returns registered and unregistered operations, which together need every subgraph. */
function requestsFor(id: string, token: string): Request[] {
  const registered = new Map(registeredOperations(LIBRARY).map(({ name, body }) => [name, body]));
  const textOf = (name: string) => registered.get(name) ?? '';
  const known = [
    { query: textOf('Books'), variables: { genre: 'novel', first: 3 } },
    { query: textOf('Book'), variables: { id, others: 2 } },
    { query: textOf('Profile'), token },
  ];
  const unknown = Array.from({ length: UNREGISTERED }, (_, i) => [
    { query: `{ a${i}: book(id: "${id}") { title loanCount postageCents owner { name } } }` },
    { query: `{ b${i}: me { id name loans { edges { node { status } } } } }`, token },
    { query: `{ d${i}: figures { books loans } me { books(first: 2) { edges { node { loanCount } } } } }`, token },
    { query: `{ c${i}: books(first: 3) { edges { node { isAvailable owner { name } } } } }` },
  ]);
  return [...known, ...known, ...known, ...unknown.flat()];
}

const send = ({ query, variables, token }: Request) => system.query(query, variables, token);

/** Returns the data of all requests, a few at once: more would wait for cold starts until they time out. */
async function allData(): Promise<unknown[]> {
  const data: unknown[] = [];
  for (const chunk of chunksOf(FEW, requests)) data.push(...(await Promise.all(chunk.map(dataOf))));
  return data;
}

async function dataOf(request: Request): Promise<unknown> {
  const answer = await send(request);
  expect(answer).toEqual({ status: 200, data: expect.anything() });
  return answer.data;
}

test('clients get complete responses, or nulls with errors, and never a 5xx', async () => {
  const end = Date.now() + SECONDS * 1_000;
  const killed = new Set<string>();
  const wrong: string[] = [];
  let answered = 0;
  let partial = 0;

  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let i = client; Date.now() < end; i++) {
      const at = i % requests.length;
      const sentAt = Date.now();
      const answer = await send(requests[at] as Request);
      const duration = Date.now() - sentAt;
      const problem = problemOf(answer, expectedData[at], killed);
      if (problem) wrong.push(`${problem}: ${JSON.stringify(answer)}`);
      answered++;
      if (answer.errors) partial++;
      const pause = Math.random() * MAX_PAUSE_MS + BACKOFF * duration;
      await delay(Math.min(pause, end - Date.now()));
    }
  });
  const killing = (async () => {
    for (; Date.now() < end; await delay(KILL_EVERY_MS)) {
      killOne(killed);
      system.logs.splice(0);
    }
  })();
  await delay(WARM_SECONDS * 1_000);
  const warm = memory();
  await Promise.all([...clients, killing]);
  const last = memory();
  expect(answered).toBeGreaterThan(CLIENTS);
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(killed).toEqual(SUBGRAPHS);
  expect(partial).toBeGreaterThan(0);
  expect(await allData()).toEqual(expectedData);
  expect(last.heap - warm.heap).toBeLessThan(MAX_GROWTH_MB.heap);
  expect(last.system - warm.system).toBeLessThan(MAX_GROWTH_MB.system);
  expect(last.gateway - warm.gateway).toBeLessThan(MAX_GROWTH_MB.gateway);
}, 120_000);

test('no process is left after the system has stopped', async () => {
  expect(environments().length).toBeGreaterThan(SUBGRAPHS.size);
  await system.close();
  isClosed = true;
  expect(descendants(process.pid)).toEqual(earlierProcesses);
});

/** Returns the processes of this system's functions, each with the name of its bundle. */
function environments(): { pid: number; bundle: string }[] {
  return descendants(process.pid)
    .map((pid) => ({ pid, folder: workingDirectoryOf(pid) }))
    .filter(({ folder }) => folder.includes('/code/'))
    .map(({ pid, folder }) => ({ pid, bundle: basename(folder) }));
}

/** Kills a random process of a random subgraph. */
function killOne(killed: Set<string>): void {
  const running = environments().filter(({ bundle }) => SUBGRAPHS.has(bundle));
  const bundle = oneOf([...new Set(running.map((each) => each.bundle))]);
  const victim = oneOf(running.filter((each) => each.bundle === bundle));
  if (!victim) return;
  killed.add(victim.bundle);
  process.kill(victim.pid, 'SIGKILL');
}

function oneOf<T>(values: T[]): T | undefined {
  return values[Math.floor(Math.random() * values.length)];
}

/** Returns the fault of a response; undefined if there is none. */
function problemOf({ status, data, errors = [] }: Answer, expected: unknown, killed: Set<string>): string | undefined {
  if (status !== 200) return 'unexpected status';
  for (const { extensions } of errors) {
    if (extensions?.code !== 'SUBGRAPH_UNAVAILABLE') return 'unexpected code';
    if (!killed.has(String(extensions.serviceName))) return 'an error of a service that was not killed';
  }
  const missing = nullsIn(data, expected, '');
  if (!missing) return 'wrong data';
  const places = errors.map(({ path = [] }) => path.map((key) => `.${key}`).join(''));
  const hasError = (place: string) => places.some((each) => place.startsWith(each) || each.startsWith(place));
  return missing.every(hasError) ? undefined : 'a null without an error';
}

/** Returns the paths of unexpected nulls; undefined if anything else differs. */
function nullsIn(actual: unknown, expected: unknown, place: string): string[] | undefined {
  if (actual === null) return expected === null ? [] : [place];
  if (typeof actual !== 'object' || typeof expected !== 'object' || expected === null)
    return actual === expected ? [] : undefined;
  const keys = Object.keys(expected);
  if (JSON.stringify(Object.keys(actual as object)) !== JSON.stringify(keys)) return undefined;
  const inner = keys.map((key) =>
    nullsIn(actual[key as keyof typeof actual], expected[key as keyof typeof expected], `${place}.${key}`),
  );
  return inner.includes(undefined) ? undefined : inner.flatMap((each) => each ?? []);
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Returns the memory of this process, which runs the system and its clients, and of the largest gateway process; 10^6 bytes. */
function memory() {
  collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  const gateways = environments().filter(({ bundle }) => bundle === 'gateway');
  return { heap: heapUsed / 1e6, system: rss / 1e6, gateway: Math.max(...gateways.map(({ pid }) => rssMb(pid))) };
}
