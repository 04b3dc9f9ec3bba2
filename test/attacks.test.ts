import { gzipSync } from 'node:zlib';
import { ATTACKS } from './attacks.ts';
import { Library } from './library.ts';
import type { TestSystem } from './system.ts';

/** Hostile requests to the whole system with the settings of production: introspection is off. */

let system: TestSystem;
beforeAll(async () => {
  ({ system } = await Library.start());
  setLimits({});
  await system.query('{ genres { id } }');
}, 120_000);
afterAll(() => system.close());

/** Restarts the gateway with these limits. */
function setLimits(limits: object): void {
  system.replaceFunctions((definition) =>
    definition.name.endsWith('-gateway')
      ? {
          ...definition,
          environment: { ...definition.environment, INTROSPECTION: 'off', LIMITS: JSON.stringify(limits) },
        }
      : undefined,
  );
}

interface TextResponse {
  status: number;
  code: unknown;
  text: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };

async function send(init: RequestInit, search?: string): Promise<TextResponse> {
  const response = await fetch(`${system.system.url}/graphql${search ? `?${search}` : ''}`, init);
  const text = await response.text();
  return { status: response.status, code: codeIn(text), text };
}

function codeIn(text: string): unknown {
  try {
    return JSON.parse(text).errors?.[0]?.extensions?.code;
  } catch {
    return undefined;
  }
}

const post = (body: unknown, headers: Record<string, string> = {}) =>
  send({ method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) });
const ask = (query: string) => post({ query });

test.each(ATTACKS)('$name is refused', async ({ request, status, code }) => {
  const { search, ...init } = request(0);
  const refused = await send(init, search);
  expect({ status: refused.status, code: refused.code }).toEqual({ status, code: code ?? refused.code });
});

describe('errors and extensions do not disclose', () => {
  test('names of fields', async () => {
    const { text } = await ask('{ genrs { id } }');
    expect(text).not.toContain('genres');
  });

  test('query plans', async () => {
    const { text } = await post({ query: '{ genres { id } }' }, { 'apollo-query-plan-experimental': '1' });
    expect(text).not.toContain('extensions');
  });
});

test('a response has security headers', async () => {
  const response = await fetch(`${system.system.url}/graphql`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: '{"query":"{ genres { id } }"}',
  });
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
  expect(response.headers.get('x-powered-by')).toBeNull();
});

test('a deeply nested variable is refused as the client’s error, each time', async () => {
  const variables = { borrowedOn: 0 };
  const query = 'query ($borrowedOn: Date!) { book(id: "1") { returnBy(borrowedOn: $borrowedOn) } }';
  await post({ query, variables: { borrowedOn: '2030-12-30' } });
  const body = JSON.stringify({ query, variables }).replace(
    '"borrowedOn":0',
    `"borrowedOn":${'['.repeat(200_000)}${']'.repeat(200_000)}`,
  );
  for (const _ of [1, 2])
    expect(await send({ method: 'POST', headers: JSON_TYPE, body })).toMatchObject({
      status: 400,
      code: 'REQUEST_TOO_LARGE',
    });
});

test('a compressed request ends at the limit of body bytes', async () => {
  const body = gzipSync(Buffer.alloc(50_000_000, ' '));
  const refused = await send({ method: 'POST', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body });
  expect(refused).toMatchObject({ status: 413, code: 'REQUEST_TOO_LARGE' });
});

test.each(['gzip', 'br', 'zstd'])('a long response is compressed with %s', async (coding) => {
  const query = `{ ${Array.from({ length: 25 }, (_, i) => `g${i}: genres { id name shelf }`).join(' ')} }`;
  const headers = { ...JSON_TYPE, 'accept-encoding': coding };
  const init = { method: 'POST', headers, body: JSON.stringify({ query }) };
  const response = await fetch(`${system.system.url}/graphql`, init);
  expect([response.status, response.headers.get('content-encoding')]).toEqual([200, coding]);
  const { data } = JSON.parse(await response.text());
  expect(Object.keys(data)).toHaveLength(25);
});

test('headers and body members do not set the viewer', async () => {
  const viewer = JSON.stringify({ id: 'admin', groups: ['librarian'], scopes: ['all'] });
  const claims = { viewer, 'x-viewer': viewer, 'x-user-id': 'admin', 'x-amzn-oidc-data': viewer };
  const { text } = await post({ query: '{ me { id } figures { __typename } }', viewer }, claims);
  expect(text).not.toContain('admin');
  expect(JSON.parse(text).data).toEqual({ me: null, figures: null });
});

describe('with lower limits', () => {
  afterEach(() => setLimits({}));

  test('a response that is too large is an error', async () => {
    setLimits({ responseBytes: 200 });
    expect(await ask('{ genres { id name shelf } }')).toMatchObject({ status: 400, code: 'RESPONSE_TOO_LARGE' });
  });

  test('calls of subgraphs are limited', async () => {
    setLimits({ calls: 1 });
    const { status, text } = await ask('{ genres { id } me { id } member(id: "1") { id } }');
    expect(status).toBe(200);
    expect(text).toContain('OPERATION_TOO_LARGE');
  });
});
