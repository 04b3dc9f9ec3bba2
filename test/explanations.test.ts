import { type RequestOptions, request } from 'node:http';
import type { Explanation } from '#platform/telemetry/explanation.ts';
import { eventually } from './eventually.ts';
import { BOOK, Library, OFFER, PREFIX } from './library.ts';
import type { Answer } from './system.ts';

type Explained = Answer & { headers: Headers; extensions?: { explain?: Explanation } };

let library: Library;
let member: string;
beforeAll(async () => {
  library = await Library.start();
  member = await library.system.user('hal');
}, 120_000);
afterAll(() => library.close());

/** Sends an operation with the header `x-explain`. */
async function explained(
  query: string,
  { variables = {}, mode = 'run' }: { variables?: object; mode?: string } = {},
): Promise<Explained> {
  const response = await fetch(`${library.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${member}`, 'x-explain': mode },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as Omit<Explained, 'status' | 'headers'>;
  return { status: response.status, headers: response.headers, ...answer };
}

function explanationOf({ extensions }: Explained): Explanation {
  if (!extensions?.explain) throw new Error('The response has no explanation');
  return extensions.explain;
}

const TIME = expect.any(Number);

test('a mutation is explained by its call, its table calls with their units, and its events', async () => {
  const answer = await explained(OFFER, { variables: { input: BOOK } });
  const { calls, operation, gateway, requestId } = explanationOf(answer);
  expect(operation).toMatchObject({ kind: 'mutation', plan: 'planned', cost: { estimate: TIME, limit: 20_000 } });
  expect(requestId).toBe(answer.headers.get('x-request-id'));
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(gateway).toMatchObject({ name: `${PREFIX}gateway`, memory: TIME, run: TIME });
  const [call] = calls;
  expect(calls).toEqual([expect.objectContaining({ service: 'books', fetches: [0], function: expect.anything() })]);
  expect(call?.function).toMatchObject({ name: `${PREFIX}books`, events: ['BookOffered'] });
  const write = call?.function?.tables.find(({ action }) => action === 'TransactWriteItems');
  expect(write).toMatchObject({ table: `${PREFIX}books`, items: 2, readUnits: 0 });
  // Each item of a transaction costs at least two units.
  expect(write?.writeUnits).toBeGreaterThanOrEqual(4);
}, 60_000);

test('a query is explained by its fetches, and by what each function read for it', async () => {
  const id = await library.offer(member);
  const query = 'query Availability($id: ID!) { book(id: $id) { title isAvailable } }';
  const answer = await explained(query, { variables: { id } });
  const { plan, calls, operation } = explanationOf(answer);
  expect(answer.data).toEqual({ book: { title: BOOK.title, isAvailable: true } });
  expect(operation).toMatchObject({ name: 'Availability', kind: 'query', plan: 'planned' });
  expect(plan).toMatchObject([
    { service: 'books', after: [], path: '', variables: ['id'] },
    { service: 'loans', after: [0], path: 'book', requires: 'Book { __typename id }' },
  ]);
  expect(calls).toMatchObject([
    { service: 'books', fetches: [0], variables: { id } },
    { service: 'loans', fetches: [1], entities: 1, variables: { representations: [{ __typename: 'Book', id }] } },
  ]);
  for (const { began, ended, requestBytes, responseBytes, function: run } of calls) {
    expect(ended).toBeGreaterThan(began);
    expect(Math.min(requestBytes, responseBytes)).toBeGreaterThan(0);
    expect(run?.run).toBeLessThan(ended - began);
    // Half a unit for each key, found or not.
    expect(run?.tables).toEqual([expect.objectContaining({ readUnits: TIME, writeUnits: 0, items: 1 })]);
  }
  expect(explanationOf(await explained(query, { variables: { id } })).operation.plan).toBe('cached');
}, 60_000);

test('a mutation that is only planned does not run', async () => {
  const title = 'Planned, not offered';
  const answer = await explained(OFFER, { variables: { input: { ...BOOK, title } }, mode: 'plan' });
  expect(answer).toMatchObject({ status: 200, data: null });
  expect(answer.errors).toBeUndefined();
  expect(explanationOf(answer)).toMatchObject({ plan: [{ service: 'books', kind: 'mutation' }], calls: [] });
  const { books } = await library.system.ask('{ books(first: 100) { edges { node { title } } } }');
  expect(JSON.stringify(books)).not.toContain(title);
}, 60_000);

test('an unknown mode is rejected, and the operation does not run', async () => {
  const answer = await explained(OFFER, { variables: { input: BOOK }, mode: 'plam' });
  expect(answer.status).toBe(400);
  expect(answer.errors?.[0]?.message).toBe('The header x-explain must be "run" or "plan", not "plam".');
}, 60_000);

test('after a restart of all functions, the first request of each environment reports its cold start', async () => {
  const query = '{ me { id } }';
  expect((await fetch(`${library.url}/functions/restart`, { method: 'POST' })).status).toBe(204);
  const cold = explanationOf(await explained(query));
  const warm = explanationOf(await explained(query));
  expect([cold.gateway.init, cold.calls[0]?.function?.init]).toEqual([TIME, TIME]);
  expect([warm.gateway.init, warm.calls[0]?.function?.init]).toEqual([undefined, undefined]);
}, 60_000);

test('the log of a request has the lines of all functions, consumers of its events included', async () => {
  const { requestId } = explanationOf(await explained(OFFER, { variables: { input: BOOK } }));
  await library.system.ask('{ me { id } }', {}, member);
  await eventually(async () => {
    const text = await (await fetch(`${library.url}/logs/${requestId}`)).text();
    const lines = text.trimEnd().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as { functionName: string; time: number; line: string });
    const names = ['gateway', 'books', 'loans-consumer', 'popularity-consumer', 'gateway-fan-out'].map(
      (name) => PREFIX + name,
    );
    expect(new Set(entries.map(({ functionName }) => functionName))).toEqual(new Set(names));
    expect(entries.every(({ time }) => time > 0)).toBe(true);
  });
}, 60_000);

test('the description of the system has its door and the memory of each function', async () => {
  const { door, isArchived, functions } = await (await fetch(`${library.url}/system`)).json();
  expect({ door: door.length > 0, isArchived }).toEqual({ door: true, isArchived: true });
  expect(functions).toContainEqual({ name: `${PREFIX}books-publisher`, memory: 512 });
});

test.each([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://website.example' },
  { origin: 'http://localhost:1' },
  { host: 'website.example' },
])('a website cannot restart functions, read logs or describe the system: %j', async (headers) => {
  const { port } = new URL(library.url);
  const statuses = await Promise.all([
    statusOf({ port, method: 'POST', path: '/functions/restart', headers }),
    statusOf({ port, method: 'GET', path: '/logs/r1', headers }),
    statusOf({ port, method: 'GET', path: '/system', headers }),
  ]);
  expect(statuses).toEqual([403, 403, 403]);
});

/** Sends a request with any headers, which `fetch` does not allow; returns the status. */
function statusOf(options: RequestOptions): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', ...options }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.on('error', reject).end();
  });
}

test('where introspection is off, the header has no effect', async () => {
  library.system.replaceFunctions(({ environment, ...definition }) => ({
    ...definition,
    environment: { ...environment, INTROSPECTION: 'off' },
  }));
  const answer = await explained('{ me { id } }', { mode: 'plan' });
  expect(answer.data.me).toEqual({ id: expect.any(String) });
  expect(answer.extensions).toBeUndefined();
}, 60_000);
