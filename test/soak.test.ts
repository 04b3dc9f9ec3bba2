import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { discoverSubgraphs, LIBRARY } from '../build/discover.ts';
import { registeredOperations } from '../build/operations/registered.ts';
import { Library } from './library.ts';
import { descendants, rssMb, workingDirectoryOf } from './processes.ts';
import type { Answer, TestSystem } from './system.ts';

/** The whole system under many clients at once, while processes of its services are killed. */

const CLIENTS = 200;
const SECONDS = 60;
/** When memory is looked at for the first time: every environment has been at work by then. */
const WARM_SECONDS = 20;
const KILL_EVERY_MS = 1_000;
/** What a client waits before it asks for more, at the most. */
const THINKING_MS = 12_000;
/** Texts that nobody registered, each of which each environment of the gateway plans once. */
const TEXTS = 10;
/** What may be added to memory between the two looks, 10^6 bytes. Were 10 KB of each request kept, the heap would have more. */
const MORE_MB = { heap: 20, system: 100, gateway: 50 };
const SUBGRAPHS = new Set(discoverSubgraphs(LIBRARY).map(({ name }) => name));

interface Question {
  query: string;
  variables?: Record<string, unknown>;
  token?: string;
}

let system: TestSystem;
let isClosed = false;
/** Processes that were there before the system was. */
let others: number[];
let questions: Question[];
/** What each question is answered with when nothing is wrong. */
let wholes: unknown[];

beforeAll(async () => {
  others = descendants(process.pid);
  const library = await Library.start();
  ({ system } = library);
  const owner = await system.user('hana', 'librarian');
  const [id] = [await library.offer(owner), await library.offer(owner), await library.offer(owner)];
  questions = asked(id, owner);
  wholes = await Promise.all(questions.map(whole));
}, 120_000);
afterAll(() => isClosed || system.close());

/** Operations that are registered, by their text, and others; together they need every subgraph. */
function asked(id: string, token: string): Question[] {
  const registered = new Map(registeredOperations(LIBRARY).map(({ name, body }) => [name, body]));
  const textOf = (name: string) => registered.get(name) ?? '';
  const known = [
    { query: textOf('Books'), variables: { genre: 'novel', first: 3 } },
    { query: textOf('Book'), variables: { id, others: 2 } },
    { query: textOf('Profile'), token },
  ];
  const unknown = Array.from({ length: TEXTS }, (_, i) => [
    { query: `{ a${i}: book(id: "${id}") { title loanCount postageCents owner { name } } }` },
    { query: `{ b${i}: me { id name loans { edges { node { status } } } } }`, token },
    { query: `{ d${i}: figures { books loans } me { books(first: 2) { edges { node { loanCount } } } } }`, token },
    { query: `{ c${i}: books(first: 3) { edges { node { isAvailable owner { name } } } } }` },
  ]);
  return [...known, ...known, ...known, ...unknown.flat()];
}

const send = ({ query, variables, token }: Question) => system.query(query, variables, token);

async function whole(question: Question): Promise<unknown> {
  const answer = await send(question);
  expect(answer).toEqual({ status: 200, data: expect.anything() });
  return answer.data;
}

test('clients get whole answers, or nulls with errors, and never a 5xx', async () => {
  const end = Date.now() + SECONDS * 1_000;
  const killed = new Set<string>();
  const wrong: string[] = [];
  let answered = 0;
  let partial = 0;

  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let i = client; Date.now() < end; i++) {
      const at = i % questions.length;
      const answer = await send(questions[at] as Question);
      const complaint = complaintOf(answer, wholes[at], killed);
      if (complaint) wrong.push(`${complaint}: ${JSON.stringify(answer)}`);
      answered++;
      if (answer.errors) partial++;
      await delay(Math.random() * THINKING_MS);
    }
  });
  const trouble = (async () => {
    for (; Date.now() < end; await delay(KILL_EVERY_MS)) {
      killOne(killed);
      system.logs.splice(0);
    }
  })();
  await delay(WARM_SECONDS * 1_000);
  const warm = memory();
  await Promise.all([...clients, trouble]);
  const last = memory();
  expect(answered).toBeGreaterThan(CLIENTS);
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(killed).toEqual(SUBGRAPHS);
  expect(partial).toBeGreaterThan(0);
  expect(await Promise.all(questions.map(whole))).toEqual(wholes);
  expect(last.heap - warm.heap).toBeLessThan(MORE_MB.heap);
  expect(last.system - warm.system).toBeLessThan(MORE_MB.system);
  expect(last.gateway - warm.gateway).toBeLessThan(MORE_MB.gateway);
}, 120_000);

test('no process is left when it is closed', async () => {
  expect(environments().length).toBeGreaterThan(SUBGRAPHS.size);
  await system.close();
  isClosed = true;
  expect(descendants(process.pid)).toEqual(others);
});

/** Ids of the processes of this system's functions, with the bundle that each runs. */
function environments(): { pid: number; bundle: string }[] {
  return descendants(process.pid)
    .map((pid) => ({ pid, folder: workingDirectoryOf(pid) }))
    .filter(({ folder }) => folder.includes('/code/'))
    .map(({ pid, folder }) => ({ pid, bundle: basename(folder) }));
}

/** Kills one process of a subgraph that is chosen at random among those that have any. */
function killOne(killed: Set<string>): void {
  const there = environments().filter(({ bundle }) => SUBGRAPHS.has(bundle));
  const bundle = oneOf([...new Set(there.map((each) => each.bundle))]);
  const victim = oneOf(there.filter((each) => each.bundle === bundle));
  if (!victim) return;
  killed.add(victim.bundle);
  process.kill(victim.pid, 'SIGKILL');
}

function oneOf<T>(values: T[]): T | undefined {
  return values[Math.floor(Math.random() * values.length)];
}

/** What is wrong with an answer, if anything. */
function complaintOf(
  { status, data, errors = [] }: Answer,
  expected: unknown,
  killed: Set<string>,
): string | undefined {
  if (status !== 200) return 'another status';
  for (const { extensions } of errors) {
    if (extensions?.code !== 'SUBGRAPH_UNAVAILABLE') return 'another code';
    if (!killed.has(String(extensions.serviceName))) return 'an error of a service that is well';
  }
  const missing = nullsIn(data, expected, '');
  if (!missing) return 'data that are neither whole nor null';
  const places = errors.map(({ path = [] }) => path.map((key) => `.${key}`).join(''));
  const hasError = (place: string) => places.some((each) => place.startsWith(each) || each.startsWith(place));
  return missing.every(hasError) ? undefined : 'a null without an error';
}

/** Places that are null and should not be; undefined where something else differs. */
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

/** Of this process, in which the system and its clients run, and of the gateway's largest environment; 10^6 bytes. */
function memory() {
  collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  const gateways = environments().filter(({ bundle }) => bundle === 'gateway');
  return { heap: heapUsed / 1e6, system: rss / 1e6, gateway: Math.max(...gateways.map(({ pid }) => rssMb(pid))) };
}
