import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import manifest from './graph/graph/operations/web.json' with { type: 'json' };
import { allParts } from './incremental.ts';
import { BOOK, Library, OFFER } from './library.ts';

/**
 * Requests of Apollo Sandbox and of Studio's Explorer, as `@apollo/sandbox`, `@apollo/explorer` and `diagnose-endpoint` send
 * them, to the whole system in the stage `dev`.
 */

const STUDIO = 'https://studio.apollographql.com';
const BROWSER = {
  origin: STUDIO,
  referer: `${STUDIO}/`,
  accept: '*/*',
  'sec-fetch-mode': 'cors',
  'sec-fetch-site': 'cross-site',
};
/** Headers of Explorer's own options, and one that its user has added in the headers tab. */
const EXPLORER_HEADERS = {
  'apollo-query-plan-experimental': '1',
  'apollo-query-plan-experimental-format': 'internal',
  'apollo-expose-query-plan': 'true',
  'apollo-federation-include-trace': 'ftv1',
  'apollo-connectors-debugging': 'true',
  'apollographql-client-name': 'explorer',
  'apollographql-client-version': '1',
  'apollo-require-preflight': 'true',
  'content-type': 'application/json',
  'x-apollo-operation-name': 'Genres',
  'x-apollo-operation-id': 'a1',
  'x-apollo-tracing': '1',
  'x-tenant': 'acme',
};
/** With response hints, Explorer adds `__typename` to every selection. */
const GENRES = 'query Genres { __typename genres { __typename id name } me { __typename id } }';

let library: Library;
beforeAll(async () => {
  library = await Library.start();
}, 120_000);
afterAll(() => library.close());

/** Sends a request to the front door. */
const send = (init: RequestInit, path = '/graphql') => fetch(`${library.url}${path}`, init);

function preflight(headers: Record<string, string> = {}, origin = STUDIO) {
  const asked = Object.keys(EXPLORER_HEADERS).join(',');
  return send({
    method: 'OPTIONS',
    headers: {
      ...BROWSER,
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': asked,
      ...headers,
    },
  });
}

/** Runs an operation as Explorer does; returns the body. */
async function run(query: string, headers: Record<string, string> = {}, variables = {}) {
  const operationName = /^\w+ (\w+)/.exec(query)?.[1];
  const response = await send({
    method: 'POST',
    headers: { ...BROWSER, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables, operationName }),
  });
  expect(response.headers.get('access-control-allow-origin')).toBe(STUDIO);
  return { status: response.status, headers: response.headers, ...JSON.parse(await response.text()) };
}

describe('a preflight', () => {
  test('allows every header that Explorer and its user send, with cookies', async () => {
    const { status, headers } = await preflight();
    expect(status).toBe(204);
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': STUDIO,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': expect.stringContaining('POST'),
    });
    const allowed = headers.get('access-control-allow-headers')?.split(',');
    expect(allowed).toEqual(expect.arrayContaining(Object.keys(EXPLORER_HEADERS)));
  });

  test('gives a public page access to the private network of this machine', async () => {
    const asking = { 'access-control-request-private-network': 'true' };
    expect((await preflight(asking)).headers.get('access-control-allow-private-network')).toBe('true');
    expect((await preflight()).headers.get('access-control-allow-private-network')).toBeNull();
    const refused = await preflight(asking, 'https://evil.example');
    expect(refused.headers.get('access-control-allow-private-network')).toBeNull();
  });

  test('has no malformed header names', async () => {
    const { headers } = await preflight({ 'access-control-request-headers': 'x-a, x b, x-c;, X-D' });
    expect(headers.get('access-control-allow-headers')?.split(',')).toEqual(expect.arrayContaining(['x-a', 'x-d']));
    expect(headers.get('access-control-allow-headers')).not.toMatch(/x b|;/);
  });
});

describe('Sandbox connects', () => {
  test("with the requests of Apollo's `diagnose-endpoint`", async () => {
    const options = await send({
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST', origin: STUDIO },
    });
    expect(options.headers.get('access-control-allow-methods')).toContain('POST');
    expect(await run('query Ping { __typename }')).toMatchObject({ status: 200, data: { __typename: 'Query' } });
  });

  test('by an introspection query with every part', async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
      schemaDescription: true,
      specifiedByUrl: true,
      oneOf: true,
    });
    const { status, data } = await run(query, { 'apollo-query-plan-experimental': '1' });
    expect(status).toBe(200);
    const schema = buildClientSchema(data as IntrospectionQuery);
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toContain('genres');
  });

  test('after a request without CORS, which tells it that the server is running', async () => {
    const response = await send({ method: 'POST', headers: { ...BROWSER, 'sec-fetch-mode': 'no-cors' }, body: '{}' });
    expect(response.status).toBe(415);
  });
});

describe('Explorer', () => {
  test('runs an operation with response hints and reads the request id', async () => {
    const { headers, data, extensions } = await run(GENRES, { 'apollo-federation-include-trace': 'ftv1' });
    expect(data).toEqual({ __typename: 'Query', genres: expect.any(Array), me: null });
    expect(extensions).toBeUndefined();
    expect(headers.get('access-control-expose-headers')?.split(',')).toContain('x-request-id');
    expect(headers.get('x-request-id')).toBeTruthy();
  });

  test('accepts deferred and plain responses by default', async () => {
    const { data } = await run(GENRES, { accept: 'multipart/mixed;deferSpec=20220824,application/json' });
    expect(data).toMatchObject({ __typename: 'Query' });
  });

  test.each([
    'multipart/mixed;deferSpec=20220824,application/json',
    'multipart/mixed; deferSpec=20220824, application/json',
    'multipart/mixed;subscriptionSpec=1.0,multipart/mixed;deferSpec=20220824,application/json',
  ])('runs an operation with @defer, with the Accept header %s', async (accept) => {
    const query = `query Deferred { __typename genres { __typename id ... @defer { __typename name shelf } } }`;
    const response = await send({
      method: 'POST',
      headers: { ...BROWSER, ...EXPLORER_HEADERS, 'x-apollo-operation-name': 'Deferred', accept },
      body: JSON.stringify({ query, variables: {}, operationName: 'Deferred' }),
    });
    expect(response.headers.get('content-type')).toBe('multipart/mixed; boundary="-"; deferSpec=20220824');
    expect(response.headers.get('access-control-allow-origin')).toBe(STUDIO);
    expect(response.headers.get('x-request-id')).toBeTruthy();
    const headers = { 'content-type': response.headers.get('content-type') ?? '' };
    const body = new Uint8Array(await response.arrayBuffer());
    const [initial, ...later] = await allParts({ status: response.status, headers, body });
    const { genres } = await library.system.ask('{ genres { id name shelf } }');
    expect(initial).toMatchObject({
      data: { __typename: 'Query', genres: genres.map(({ id }: { id: string }) => ({ __typename: 'Genre', id })) },
      // Explorer asks for the plan of each operation.
      extensions: { __queryPlanExperimental: expect.anything() },
      hasNext: true,
    });
    expect(later.flatMap(({ incremental = [] }) => incremental)).toEqual(
      genres.map(({ name, shelf }: object & { name: string; shelf: string }, index: number) => ({
        path: ['genres', index],
        data: { name, shelf },
      })),
    );
    expect(later.at(-1)?.hasNext).toBe(false);
  });

  const plan = /^QueryPlan \{[\s\S]*Fetch\(service: "books"\)/;
  const node = { kind: 'QueryPlan', node: { kind: 'Parallel', nodes: expect.any(Array) } };
  test.each([
    [{ 'apollo-query-plan-experimental': '1' }, { __queryPlanExperimental: expect.stringMatching(plan) }],
    [
      { 'apollo-query-plan-experimental': '1', 'apollo-query-plan-experimental-format': 'prettified' },
      { __queryPlanExperimental: expect.stringMatching(plan) },
    ],
    [
      { 'apollo-query-plan-experimental': '1', 'apollo-query-plan-experimental-format': 'internal' },
      { __queryPlanExperimental: node },
    ],
    [{ 'apollo-expose-query-plan': 'true' }, { apolloQueryPlan: { object: node, text: expect.stringMatching(plan) } }],
  ])('shows the query plan with the headers %j', async (headers, extensions) => {
    for (let i = 0; i < 2; i++) {
      const answer = await run(GENRES, headers);
      expect(answer).toMatchObject({ data: { __typename: 'Query' }, extensions });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('shows the plan of a registered operation', async () => {
    const { body } = manifest.operations.find(({ name }) => name === 'Book') ?? { body: '' };
    const { extensions } = await run(body, { 'apollo-query-plan-experimental': '1' }, { id: '1', first: 1, others: 1 });
    expect(extensions.__queryPlanExperimental).toMatch(plan);
  });

  test('plans an operation without running it', async () => {
    const dryRun = { 'apollo-expose-query-plan': 'dry-run' };
    const authorization = `Bearer ${await library.system.user('ada')}`;
    for (let i = 0; i < 2; i++) {
      const { status, data, extensions } = await run(OFFER, { ...dryRun, authorization }, { input: BOOK });
      expect({ status, data }).toEqual({ status: 200, data: null });
      expect(extensions.apolloQueryPlan.text).toMatch(plan);
    }
    expect(await library.system.ask('{ books(first: 1) { edges { node { id } } } }')).toEqual({ books: { edges: [] } });
  });

  test('shows that an operation has no plan', async () => {
    const { extensions } = await run('query Ping { __typename }', { 'apollo-query-plan-experimental': '1' });
    expect(extensions).toEqual({ __queryPlanExperimental: true });
  });
});
