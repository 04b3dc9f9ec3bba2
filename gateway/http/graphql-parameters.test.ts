import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { type GraphQLParameters, graphqlParameters } from './graphql-parameters.ts';
import type { HttpRequest } from './http-message.ts';

const LIMITS = { bodyBytes: 1_000_000, nesting: 100 };
const QUERY = '{ a }';
const JSON_TYPE = { 'content-type': 'application/json' };

function post(body: unknown, headers: HttpRequest['headers'] = JSON_TYPE): HttpRequest {
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return { method: 'POST', path: '/graphql', headers, search: '', body: bytes };
}
const get = (parameters: Record<string, string>, headers = {}): HttpRequest => ({
  method: 'GET',
  path: '/graphql',
  headers,
  search: String(new URLSearchParams(parameters)),
  body: '',
});

async function read(request: HttpRequest): Promise<GraphQLParameters | { rejected: number }> {
  try {
    return await graphqlParameters(request, LIMITS);
  } catch (error) {
    return { rejected: (error as { extensions: { http: { status: number } } }).extensions.http.status };
  }
}

test.each<[string, HttpRequest, Partial<GraphQLParameters>]>([
  ['a query', post({ query: QUERY }), { query: QUERY, variables: {}, operationName: undefined }],
  ['null members', post({ query: QUERY, variables: null, documentId: null, operationName: null }), { query: QUERY }],
  ['an empty operation name', post({ query: QUERY, operationName: '' }), { operationName: undefined }],
  ['variables', post({ query: QUERY, variables: { x: 1 } }), { variables: { x: 1 } }],
  ['unknown members', post({ query: QUERY, id: 7, batch: 1 }), { query: QUERY }],
  ['an id', post({ documentId: 'x' }), { documentId: 'x', query: undefined }],
  ['a hash', post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }), { hash: 'x' }],
  ['an id in the URL', get({ id: 'x', variables: '{"a":1}' }), { documentId: 'x', variables: { a: 1 } }],
  ['a query in the URL', get({ query: QUERY }, { 'apollo-require-preflight': '1' }), { query: QUERY }],
])('%s is read', async (_, request, expected) => {
  expect(await read(request)).toMatchObject(expected);
});

test.each<[string, HttpRequest, number]>([
  ['invalid JSON', post('{'), 400],
  ['a list', post([{ query: QUERY }]), 400],
  ['null', post('null'), 400],
  ['an empty body', post(''), 400],
  ['a query that is not a string', post({ query: 7 }), 400],
  ['no operation', post({ variables: {} }), 400],
  ['variables that are a list', post({ query: QUERY, variables: [] }), 400],
  ['variables as JSON in JSON', post({ query: QUERY, variables: '{}' }), 400],
  ['extensions that are a string', post({ query: QUERY, extensions: 'x' }), 400],
  ['a persisted query that is a number', post({ query: QUERY, extensions: { persistedQuery: 1 } }), 400],
  [
    'another version of persisted queries',
    post({ extensions: { persistedQuery: { version: 2, sha256Hash: 'x' } } }),
    400,
  ],
  ['a hash that is not a string', post({ extensions: { persistedQuery: { version: 1, sha256Hash: [] } } }), 400],
  ['a body that is too large', post({ query: 'a'.repeat(1_000_000) }), 413],
  ['bytes that are not UTF-8', post(Buffer.from([0x7b, 0xff, 0x7d])), 400],
  ['a query in the URL without a CSRF header', get({ query: QUERY }), 400],
  ['two ids in the URL', { ...get({}), search: 'id=x&documentId=y' }, 400],
  ['variables in the URL that are not JSON', get({ id: 'x', variables: '{' }), 400],
  ['a form', post('query=a', { 'content-type': 'application/x-www-form-urlencoded' }), 415],
])('%s is rejected', async (_, request, status) => {
  expect(await read(request)).toEqual({ rejected: status });
});

test.each<[contentType: string | undefined, isRead: boolean]>([
  ['application/json', true],
  ['APPLICATION/JSON', true],
  ['application/json; charset=utf-8', true],
  ['application/json;Charset="UTF-8"', true],
  ['application/json; charset=utf-16', false],
  ['application/json; charset=latin1', false],
  ['application/jsonx', false],
  ['application/json, text/plain', false],
  ['application/graphql+json', false],
  ['text/plain', false],
  ['', false],
  [undefined, false],
])('the media type %s', async (contentType, isRead) => {
  const headers = contentType === undefined ? {} : { 'content-type': contentType };
  for (const body of [JSON.stringify({ query: QUERY }), Buffer.from(JSON.stringify({ query: QUERY }))])
    expect(await read(post(body, headers))).toMatchObject(isRead ? { query: QUERY } : { rejected: 415 });
});

test('a byte order mark is skipped', async () => {
  const text = `\uFEFF${JSON.stringify({ query: QUERY })}`;
  expect(await read(post(text))).toMatchObject({ query: QUERY });
  expect(await read(post(Buffer.from(text)))).toMatchObject({ query: QUERY });
});

test.each([
  ['variables', (deep: string) => `{"query":"{ a }","variables":{"x":${deep}}}`],
  ['extensions', (deep: string) => `{"query":"{ a }","extensions":{"x":${deep}}}`],
  ['an unknown member', (deep: string) => `{"query":"{ a }","x":${deep}}`],
])('deeply nested %s are rejected before parsing', async (_, body) => {
  for (const levels of [101, 5_000, 200_000])
    expect(await read(post(body('['.repeat(levels) + ']'.repeat(levels))))).toEqual({ rejected: 400 });
  expect(await read(post(body('['.repeat(90) + ']'.repeat(90))))).toMatchObject({ query: QUERY });
});

const JSON_TEXT = JSON.stringify({ query: QUERY });
const encoded = (coding: string, body: string | Uint8Array) => post(body, { ...JSON_TYPE, 'content-encoding': coding });
const CODINGS: [string, (text: string) => Buffer][] = [
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['GZIP', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
];

describe.each(CODINGS)('a body in %s', (coding, encode) => {
  test('is decompressed', async () => {
    expect(await read(encoded(coding, encode(JSON_TEXT)))).toMatchObject({ query: QUERY });
  });

  test('ends at the maximum of bytes', async () => {
    const bomb = encode(JSON.stringify({ query: 'a'.repeat(5_000_000) }));
    expect(bomb.length).toBeLessThan(LIMITS.bodyBytes);
    expect(await read(encoded(coding, bomb))).toEqual({ rejected: 413 });
  });

  test.each([
    ['broken', () => Buffer.from(JSON_TEXT)],
    ['incomplete', () => encode(JSON_TEXT).subarray(0, -3)],
    ['empty', () => Buffer.alloc(0)],
    ['not UTF-8 within', () => encode(Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'))],
  ])('that is %s is rejected', async (_, body) => {
    expect(await read(encoded(coding, body()))).toEqual({ rejected: 400 });
  });

  test('that the host has decompressed is read as it is', async () => {
    expect(await read(encoded(coding, JSON_TEXT))).toMatchObject({ query: QUERY });
  });
});

test.each(['compress', 'gzip, gzip', 'constructor', 'aws-chunked'])(
  'the content coding %s is rejected',
  async (coding) => {
    expect(await read(encoded(coding, gzipSync(JSON_TEXT)))).toEqual({ rejected: 415 });
  },
);

test.each(['', 'identity'])('the content coding "%s" is none', async (coding) => {
  expect(await read(encoded(coding, Buffer.from(JSON_TEXT)))).toMatchObject({ query: QUERY });
});
