import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { assetOf } from '../build/bundle.ts';
import { outputOf } from '../build/discover.ts';
import { precompileOperations } from '../build/precompile-operations.ts';
import { HEADER_RULES } from '../gateway/defaults/header-rules.ts';
import { Gateway, type GatewayOptions } from '../gateway/gateway.ts';
import type { HeaderRules } from '../gateway/http/header-rules.ts';
import { limitsFrom } from '../gateway/limits/limits.ts';
import { CachingPlanner } from '../gateway/operations/caching-planner.ts';
import { OperationFinder } from '../gateway/operations/find-operation.ts';
import { idOf } from '../gateway/operations/operation-id.ts';
import { PrecompiledOperations, RegisteredOperations } from '../gateway/operations/registered-operations.ts';
import { programRunner } from '../gateway/operations/run-program.ts';
import type { StoredQueries } from '../gateway/operations/stored-queries.ts';
import { subgraphSender } from '../gateway/subgraphs/subgraph-sender.ts';
import type { Transport, TransportResult } from '../gateway/subgraphs/transports/transport.ts';
import { compose, inProcess, service } from './federation/gateway.ts';
import { type ClientAnswer, type ClientRequest, functionUrl, type Host, PlainHttp } from './gateway-hosts.ts';
import { propertyOptions, timeLimit } from './long-runs.ts';

/** Responses do not depend on the host, nor on whether the operation is registered, planned, or new. */

const READ = 'query Read($id: ID!, $deep: [[Int]], $by: Filter) { thing(id: $id, deep: $deep, by: $by) { id name } }';
const ADD = 'mutation Add { add }';
const SECRET = 'query Secret { thing(id: "1") { id secret } }';
const BROKEN = 'query Broken { broken { id } thing(id: "1") { id } }';

let added = 0;
const one = service(
  'one',
  `extend schema
     @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@composeDirective"])
     @link(url: "https://specs.shop.test/cacheControl/v1.0", import: ["@cacheControl"])
     @composeDirective(name: "@cacheControl")
   directive @cacheControl(maxAge: Int, scope: Scope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
   enum Scope { PUBLIC PRIVATE }
   type Query {
     thing(id: ID!, deep: [[Int]], by: Filter): Thing @cacheControl(maxAge: 60)
     broken: Thing @cacheControl(maxAge: 60)
   }
   type Mutation { add: Int! }
   input Filter { name: String and: Filter }
   type Thing @key(fields: "id") @cacheControl(maxAge: 60) { id: ID! name: String secret: Int @authenticated }`,
  {
    Query: {
      thing: (_: unknown, { id }: { id: string }) => ({ id, name: 'a thing', secret: 1 }),
      broken: () => {
        throw new Error('broken');
      },
    },
    Mutation: { add: () => ++added },
  },
);
const supergraphSdl = compose([one]);

/** Headers of the subgraph's next responses, and those that it received. */
let responseHeaders: TransportResult['headers'];
let forwarded: Record<string, string> | undefined;
/** Error of the subgraph's next calls. */
let failure: Error | undefined;
const transport: Transport = async (call, limit) => {
  if (failure) throw failure;
  forwarded = call.caller.forwarded;
  return { ...(await inProcess(one)(call, limit)), ...(responseHeaders && { headers: responseHeaders }) };
};

const root = mkdtempSync(join(tmpdir(), 'graph-'));
let plain: PlainHttp;
beforeAll(async () => {
  mkdirSync(join(root, 'graph', 'operations'), { recursive: true });
  const operations = [READ, ADD, SECRET, BROKEN].map((body) => {
    const [, type = '', name = ''] = /^(\w+) (\w+)/.exec(body) ?? [];
    return { id: idOf(body), name, type, body };
  });
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  writeFileSync(join(root, 'graph', 'operations', 'client.json'), JSON.stringify(manifest));
  precompileOperations(supergraphSdl, root);
  plain = await PlainHttp.start();
});
afterAll(() => {
  plain.close();
  for (const folder of [root, outputOf(root)]) rmSync(folder, { recursive: true });
});
beforeEach(() => {
  responseHeaders = undefined;
  forwarded = undefined;
  failure = undefined;
});

interface Settings extends Partial<Pick<GatewayOptions, 'hooks' | 'record' | 'headerRules' | 'explains'>> {
  limits?: object;
  stored?: StoredQueries;
}

/** Returns a gateway wired as in the Lambda function, with the subgraph of this process. */
function gatewayWith({ limits: changedLimits = {}, stored, ...options }: Settings = {}): Gateway {
  const limits = limitsFrom(JSON.stringify(changedLimits));
  const registered = new RegisteredOperations(assetOf({ name: 'gateway', root }));
  const addresses = registered.graph.subgraphs;
  const run = programRunner({ send: subgraphSender({ addresses, transportFor: () => transport }), bounds: limits });
  const ahead = new PrecompiledOperations(registered, run, (text) => operations.plan(text, undefined));
  const operations = new OperationFinder({
    registered: (id) => registered.get(id),
    precompiled: (key) => ahead.find(key),
    ...(stored && { stored }),
    loadPlanner: async () => new CachingPlanner({ supergraphSdl, run, introspection: false, factRules: limits }),
    limits,
    safelist: 'off',
    showPlans: false,
    log: { warn: () => undefined },
  });
  const identify = async (authorization?: string) => (authorization ? { id: 'u1', groups: [], scopes: [] } : undefined);
  return new Gateway({ operations, identify, limits, policies: {}, headerRules: HEADER_RULES, ...options });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (members: unknown, headers: Record<string, string> = JSON_TYPE): ClientRequest => ({
  headers,
  body: typeof members === 'string' || members instanceof Uint8Array ? members : JSON.stringify(members),
});

let count = 0;
/** Returns an unregistered text of the same operation. */
const unregistered = (text: string) => `${text} # ${++count}`;

/** Returns the responses of both hosts to a registered text, to a new one, and to the same one with its cached plan. */
async function allResponses(
  gateway: Gateway,
  requestFor: (text: string) => ClientRequest,
  text: string,
): Promise<ClientAnswer[]> {
  const all: ClientAnswer[] = [];
  const hosts: Host[] = [functionUrl, plain.send];
  for (const host of hosts) {
    const other = unregistered(text);
    for (const each of [text, other, other]) all.push(comparable(await host(gateway, requestFor(each))));
  }
  return all;
}

/** Masked errors have random ids. */
function comparable(answer: ClientAnswer): ClientAnswer {
  return { ...answer, body: answer.body.replaceAll(/"errorId":"[^"]+"/g, '"errorId":""') };
}

/** Returns the response, which must be the same for all hosts and texts. */
async function commonResponse(
  requestFor: (text: string) => ClientRequest,
  { text = READ, ...settings }: Settings & { text?: string } = {},
): Promise<ClientAnswer> {
  const [first, ...others] = await allResponses(gatewayWith(settings), requestFor, text);
  if (!first) throw new Error('No response');
  for (const other of others) expect(other).toEqual(first);
  return first;
}

const withVariables = (query: string) => ({ query, variables: { id: '1' } });

test('a query has the same response', async () => {
  const { status, headers, body } = await commonResponse((query) => post(withVariables(query)));
  expect({ status, body: JSON.parse(body) }).toEqual({
    status: 200,
    body: { data: { thing: { id: '1', name: 'a thing' } } },
  });
  expect(headers).toMatchObject({ 'cache-control': 'max-age=60, public' });
});

const CSRF_HEADER = { 'apollo-require-preflight': '1' };
test.each<[string, Record<string, string>, number]>([
  ['a header against CSRF', CSRF_HEADER, 200],
  ['no header against CSRF', {}, 400],
  ['another content type', { ...CSRF_HEADER, 'content-type': 'text/plain' }, 415],
])('a GET request with %s has the same response', async (_, headers, status) => {
  const search = (query: string) => String(new URLSearchParams({ query, variables: '{"id":"1"}' }));
  expect(await commonResponse((query) => ({ method: 'GET', headers, search: search(query) }))).toMatchObject({
    status,
  });
});

test.each<[contentType: string | undefined, status: number]>([
  ['application/json', 200],
  ['APPLICATION/JSON', 200],
  ['application/json; charset=utf-8', 200],
  ['application/json;charset="UTF-8"', 200],
  ['application/json; charset=utf-16', 415],
  ['application/json; charset=iso-8859-1', 415],
  ['application/jsonx', 415],
  ['application/json, text/plain', 415],
  ['application/graphql', 415],
  ['text/plain', 415],
  ['x', 415],
  [undefined, 415],
])('a body of the type %s has the status %d', async (type, status) => {
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  expect(await commonResponse((query) => post(withVariables(query), headers))).toMatchObject({ status });
});

test.each<[accept: string, status: number, type: string]>([
  ['*/*', 200, 'application/json'],
  ['application/json', 200, 'application/json'],
  ['APPLICATION/JSON', 200, 'application/json'],
  ['application/graphql-response+json', 200, 'application/graphql-response+json'],
  ['application/graphql-response+json;q=0.5, application/json', 200, 'application/json'],
  ['text/html, */*;q=0.1', 200, 'application/json'],
  ['application/json;q=0', 406, 'application/json'],
  ['text/html', 406, 'application/json'],
  ['a/b;q=x', 406, 'application/json'],
])('a client that accepts %s gets the status %d', async (accept, status, type) => {
  const answer = await commonResponse((query) => post(withVariables(query), { ...JSON_TYPE, accept }));
  expect(answer).toMatchObject({
    status,
    headers: { 'content-type': expect.stringMatching(`^${escaped(type)}(;|$)`) },
  });
});

const escaped = (text: string) => text.replaceAll(/[.+*/]/g, '\\$&');

test.each(['identity', 'gzip'])('a response of 2 MB is the same, in %s', async (coding) => {
  const id = 'x'.repeat(2_000_000);
  const headers = { ...JSON_TYPE, 'accept-encoding': coding };
  const limits = { bodyBytes: 3_000_000 };
  const { status, body } = await commonResponse((query) => post({ query, variables: { id } }, headers), { limits });
  expect([status, body === `{"data":{"thing":{"id":"${id}","name":"a thing"}}}\n`]).toEqual([200, true]);
});

test.each([
  ['small', 'x', 40, '{"data":{"thing":{"id":"x","name":"a thing"}}}\n'.length],
  ['large', 'x'.repeat(2_000_000), 1_000_000, 2_000_046],
])('a %s response over the maximum of bytes is an error', async (_, id, responseBytes, bytes) => {
  const request = (query: string) => post({ query, variables: { id } });
  const limits = { bodyBytes: 3_000_000, responseBytes };
  const { status, body } = await commonResponse(request, { limits });
  expect([status, JSON.parse(body).errors[0].extensions]).toEqual([
    400,
    { code: 'RESPONSE_TOO_LARGE', limit: 'responseBytes' },
  ]);
  const whole = await commonResponse(request, { limits: { ...limits, responseBytes: bytes } });
  expect(whole.status).toBe(200);
});

describe('compression', () => {
  const long = 'x'.repeat(5_000);
  const request = (headers: Record<string, string>) => (query: string) =>
    post({ query, variables: { id: long } }, { ...JSON_TYPE, ...headers });

  test.each<[acceptEncoding: string, coding: string | undefined]>([
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=0.5, br;q=0', 'gzip'],
    ['identity', undefined],
    ['deflate', undefined],
  ])('a client that accepts "%s" gets a long response in %s', async (acceptEncoding, coding) => {
    const { status, headers, body } = await commonResponse(request({ 'accept-encoding': acceptEncoding }));
    expect([status, headers['content-encoding'], headers.vary]).toEqual([200, coding, 'Accept-Encoding']);
    expect(JSON.parse(body)).toEqual({ data: { thing: { id: long, name: 'a thing' } } });
  });

  test('a short response is not compressed', async () => {
    const { headers } = await commonResponse((query) =>
      post(withVariables(query), { ...JSON_TYPE, 'accept-encoding': 'gzip' }),
    );
    expect([headers['content-encoding'], headers.vary]).toEqual([undefined, undefined]);
  });

  test('a request may be compressed', async () => {
    const answer = await commonResponse((query) =>
      post(gzipSync(JSON.stringify(withVariables(query))), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
    );
    expect(answer.status).toBe(200);
  });

  test.each<[string, string, Uint8Array, number]>([
    ['larger than the maximum', 'gzip', gzipSync(Buffer.alloc(10_000_000, ' ')), 413],
    ['of an unknown coding', 'compress', Buffer.from('x'), 415],
    ['broken', 'br', Buffer.from('not brotli'), 400],
  ])('a compressed request that is %s is refused', async (_, coding, body, status) => {
    const answer = await commonResponse(() => post(body, { ...JSON_TYPE, 'content-encoding': coding }));
    expect(answer.status).toBe(status);
    expect(answer.headers['accept-encoding']).toBe(status === 415 ? 'gzip, deflate, br, zstd' : undefined);
  });
});

test.each<[string, (json: string) => string | Uint8Array]>([
  ['text', (json) => `\uFEFF${json}`],
  ['bytes', (json) => Buffer.from(`\uFEFF${json}`)],
])('a byte order mark is ignored in %s', async (_, body) => {
  const answer = await commonResponse((query) => post(body(JSON.stringify(withVariables(query)))));
  expect(answer.status).toBe(200);
});

const NESTED = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
const ODD: unknown[] = [
  undefined,
  null,
  '',
  'x',
  'constructor',
  '\uD800',
  0,
  -1,
  1e308,
  true,
  [],
  [[1]],
  {},
  NESTED(90),
];
const odd = fc.oneof(fc.constantFrom(...ODD), fc.jsonValue({ maxDepth: 4 }));
/** Members that replace those of a request. */
const changedMembers = fc.record(
  {
    query: odd,
    operationName: fc.oneof(odd, fc.constantFrom('Read', 'Other')),
    variables: fc.oneof(odd, fc.record({ id: odd, deep: odd, by: odd }, { requiredKeys: [] })),
    extensions: fc.oneof(
      odd,
      fc.record({ persistedQuery: fc.oneof(odd, fc.record({ version: odd, sha256Hash: odd }, { requiredKeys: [] })) }),
    ),
    documentId: odd,
  },
  { requiredKeys: [] },
);
const fuzzing = propertyOptions(60, 2_000);

test(
  `${fuzzing.numRuns} requests with odd members have the same response, and no 5xx`,
  async () => {
    const property = fc.asyncProperty(changedMembers, async (members) => {
      const answer = await commonResponse((query) => post({ ...withVariables(query), ...members }));
      expect(answer.status).toBeLessThan(500);
    });
    await fc.assert(property, fuzzing);
  },
  timeLimit(60_000),
);

const DEEP = '['.repeat(200_000) + ']'.repeat(200_000);
test.each(['query', 'operationName', 'variables', 'extensions', 'documentId'])(
  'a deeply nested member `%s` is refused',
  async (name) => {
    const { status, body } = await commonResponse((query) =>
      post(`{"query": ${JSON.stringify(query)}, "variables": {"id": "1"}, "${name}": ${DEEP}}`),
    );
    expect([status, JSON.parse(body).errors[0].extensions.code]).toEqual([400, 'REQUEST_TOO_LARGE']);
  },
);

test.each<[string, object]>([
  ['an empty name', { operationName: '' }],
  ['no name', { operationName: null }],
  ['its name', { operationName: 'Add' }],
])('a mutation with %s runs once for each request', async (_, members) => {
  const gateway = gatewayWith();
  for (const host of [functionUrl, plain.send])
    for (const query of [ADD, unregistered(ADD)]) {
      const before = added;
      const { status, body } = await host(gateway, post({ query, ...members }));
      expect({ status, body: JSON.parse(body) }).toEqual({ status: 200, body: { data: { add: before + 1 } } });
      expect(added).toBe(before + 1);
    }
});

test('a mutation with a wrong operation name does not run', async () => {
  const before = added;
  const { status } = await commonResponse((query) => post({ query, operationName: 'Other' }), { text: ADD });
  expect([status, added]).toEqual([400, before]);
});

test('a hook that fails after the response does not change it', async () => {
  const fails = () => {
    throw new Error('after the response');
  };
  const request = (query: string) => post({ query });
  const gateway = gatewayWith({ hooks: { onAnswer: fails }, record: fails });
  for (const host of [functionUrl, plain.send])
    for (const query of [ADD, unregistered(ADD)]) {
      const before = added;
      const { status, body } = await host(gateway, request(query));
      expect([status, JSON.parse(body)]).toEqual([200, { data: { add: before + 1 } }]);
    }
});

describe('cookies', () => {
  const rules: HeaderRules = {
    toSubgraphs: [{ header: 'Cookie' }],
    toClient: [{ header: 'Set-Cookie', merge: 'all' }],
  };

  test('of a client are forwarded to subgraphs', async () => {
    const gateway = gatewayWith({ headerRules: rules });
    for (const host of [functionUrl, plain.send])
      for (const query of [READ, unregistered(READ)]) {
        forwarded = undefined;
        await host(gateway, { ...post(withVariables(query)), cookies: ['a=1', 'b="2, 3"'] });
        expect(forwarded).toEqual({ cookie: 'a=1; b="2, 3"' });
      }
  });

  test('of subgraphs are separate headers for the client, in the same order', async () => {
    const cookies = ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/', 'b=2; HttpOnly', 'a=3'];
    responseHeaders = { 'set-cookie': cookies };
    const answer = await commonResponse((query) => post(withVariables(query)), { headerRules: rules });
    expect(answer.cookies).toEqual(cookies);
  });
});

describe('a rule for `cache-control`', () => {
  const headerRules: HeaderRules = { toSubgraphs: [], toClient: [{ header: 'Cache-Control', merge: 'shortest' }] };
  const policyOf = async (headers: TransportResult['headers'], text = READ, more: Record<string, string> = {}) => {
    responseHeaders = headers;
    const request = (query: string) => post(withVariables(query), { ...JSON_TYPE, ...more });
    return (await commonResponse(request, { headerRules, text })).headers['cache-control'];
  };

  test.each<[TransportResult['headers'], string]>([
    [{}, 'max-age=60, public'],
    [{ 'cache-control': 'max-age=1800' }, 'max-age=60, public'],
    [{ 'cache-control': 'max-age=20' }, 'max-age=20, public'],
    [{ 'cache-control': 'max-age=20', age: '15' }, 'max-age=5, public'],
    [{ 'cache-control': 'max-age=20', age: '30' }, 'no-store'],
    [{ 'cache-control': 'private, max-age=1800' }, 'max-age=60, private'],
    [{ 'cache-control': 'no-store' }, 'no-store'],
    [{ 'cache-control': 'immutable' }, 'no-store'],
  ])('that merges %j restricts the gateway’s own to %s', async (headers, expected) => {
    expect(await policyOf(headers)).toBe(expected);
  });

  test('does not make a response with an error or a withheld field cacheable', async () => {
    const long = { 'cache-control': 'public, max-age=1800' };
    expect(await policyOf(long, BROKEN)).toBe('no-store');
    expect(await policyOf(long, SECRET)).toBe('no-store');
    expect(await policyOf(long, SECRET, { authorization: 'Bearer u1' })).toBe('max-age=60, private');
  });
});

describe('an explanation', () => {
  interface ExplainedOptions extends Settings {
    mode?: string;
    headers?: Record<string, string>;
  }

  /** Returns the parsed responses of all hosts, to a registered text, a new one, and the same one again. */
  async function explainedResponses(text: string, { mode = 'run', headers = {}, ...settings }: ExplainedOptions = {}) {
    const gateway = gatewayWith({ explains: true, ...settings });
    const request = (query: string) => post(withVariables(query), { ...JSON_TYPE, ...headers, 'x-explain': mode });
    const all = await allResponses(gateway, request, text);
    return all.map(({ body, ...answer }) => {
      const { extensions, ...result } = JSON.parse(body);
      return { ...answer, ...result, explain: extensions?.explain };
    });
  }

  test('is added to the response, which is otherwise the same, but not cached', async () => {
    const { body, headers } = await commonResponse((query) => post(withVariables(query)));
    const answers = await explainedResponses(READ);
    const origins = ['precompiled', 'planned', 'cached'];
    expect(answers.map(({ explain }) => explain.operation.plan)).toEqual([...origins, ...origins]);
    for (const { data, headers: own, explain } of answers) {
      expect({ data }).toEqual(JSON.parse(body));
      expect(own).toEqual({ ...headers, 'cache-control': 'no-store' });
      expect(explain).toMatchObject({
        requestId: 'r',
        operation: { name: 'Read', kind: 'query', cost: { estimate: 1, limit: 20_000 } },
        plan: [{ service: 'one', kind: 'query', after: [], path: '', variables: ['id', 'deep', 'by'] }],
        calls: [{ service: 'one', fetches: [0], variables: { id: '1' }, responseBytes: Buffer.byteLength(body) - 1 }],
      });
      expect(explain.calls[0].function).toBeUndefined();
    }
  });

  test('shows what is fetched for the permissions of the viewer', async () => {
    const queries = async (headers = {}) =>
      (await explainedResponses(SECRET, { headers })).map(({ explain }) => explain.calls[0].query);
    for (const query of await queries()) expect(query).not.toContain('secret');
    for (const query of await queries({ authorization: 'Bearer u1' })) expect(query).toContain('secret');
  });

  test('shows a failed call with its code', async () => {
    failure = new Error('down');
    for (const { data, explain } of await explainedResponses(READ)) {
      expect(data).toEqual({ thing: null });
      expect(explain.calls).toMatchObject([{ service: 'one', error: 'SUBGRAPH_UNAVAILABLE', responseBytes: 0 }]);
    }
  });

  test('of a plan only does not run the operation', async () => {
    const before = added;
    for (const { status, data, errors, explain } of await explainedResponses(ADD, { mode: 'plan' })) {
      expect({ status, data, errors }).toEqual({ status: 200, data: null });
      expect(explain).toMatchObject({ operation: { kind: 'mutation' }, plan: [{ kind: 'mutation' }], calls: [] });
    }
    expect(added).toBe(before);
  });

  test('of a rejected operation has its cost', async () => {
    for (const { status, explain } of await explainedResponses(BROKEN, { limits: { cost: 1 } }))
      expect([status, explain.operation.cost]).toEqual([400, { estimate: 2, limit: 1 }]);
  });

  test('is left out of a response that it would make too large', async () => {
    const omitted = { omitted: expect.stringContaining('size limit') };
    for (const [responseBytes, expected] of [
      [250, omitted],
      [100, undefined],
    ]) {
      const answers = await explainedResponses(READ, { limits: { responseBytes } });
      for (const { data, explain } of answers) {
        expect(data).toEqual({ thing: { id: '1', name: 'a thing' } });
        expect(explain).toEqual(expected);
      }
    }
  });

  test('costs other requests nothing, and is ignored where clients may not see it', async () => {
    const without = await commonResponse((query) => post(withVariables(query)));
    expect(await commonResponse((query) => post(withVariables(query)), { explains: true })).toEqual(without);
    const headers = { ...JSON_TYPE, 'x-explain': 'plan' };
    expect(await commonResponse((query) => post(withVariables(query), headers))).toEqual(without);
  });
});

test('a stored query must meet limits that were lowered later', async () => {
  const texts = new Map<string, string>();
  const stored: StoredQueries = {
    get: async (hash) => texts.get(hash),
    set: (hash, text) => void texts.set(hash, text),
    flush: async () => undefined,
  };
  const query = unregistered(SECRET);
  const sha256Hash = idOf(query);
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  for (const host of [functionUrl, plain.send]) {
    const before = gatewayWith({ stored });
    expect(await host(before, post({ query, extensions }))).toMatchObject({ status: 200 });
    expect(await host(before, post({ extensions }))).toMatchObject({ status: 200 });
    const after = gatewayWith({ stored, limits: { depth: 1 } });
    const [byHash, byText] = [await host(after, post({ extensions })), await host(after, post({ query }))];
    expect(byText.status).toBe(400);
    expect(byHash).toEqual(byText);
  }
});
