import { idOf } from './operation-store.ts';
import { type ClientRequest, preparedRequest } from './prepared-request.ts';

const QUERY = '{ a }';
const ID = idOf(QUERY);

function post(body: unknown, headers: ClientRequest['headers'] = {}): ClientRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, search: '', body: text };
}
const get = (search: string, headers = {}): ClientRequest => ({ method: 'GET', headers, search, body: undefined });
const read = (request: ClientRequest) => preparedRequest(request, 1_000);

test.each<[string, ClientRequest, object]>([
  ['a text', post({ query: QUERY }), { id: ID, byText: true, variables: {} }],
  ['a text with variables', post({ query: QUERY, variables: { x: 1 } }), { id: ID, variables: { x: 1 } }],
  ['an id that is null beside a text', post({ query: QUERY, documentId: null }), { id: ID, byText: true }],
  ['an operation of a document', post({ query: QUERY, operationName: 'A', variables: null }), { operationName: 'A' }],
  ['an id', post({ documentId: 'x' }), { id: 'x', byText: false }],
  ['a hash', post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }), { id: 'x' }],
  ['an id in the address', get('?id=x&variables=%7B%22a%22%3A1%7D'), { id: 'x', variables: { a: 1 }, method: 'GET' }],
  [
    'the newer media type',
    post({ query: QUERY }, { accept: 'application/graphql-response+json,application/json;q=0.9' }),
    { contentType: 'application/graphql-response+json; charset=utf-8' },
  ],
])('%s is read', (_, request, expected) => {
  expect(read(request)).toMatchObject(expected);
});

test.each<[string, ClientRequest]>([
  ['no JSON', post('{')],
  ['a list', post([{ query: QUERY }])],
  ['null', post('null')],
  ['nothing', post('')],
  ['another content type', post({ query: QUERY }, { 'content-type': 'text/plain' })],
  ['another media type', post({ query: QUERY }, { accept: 'text/html' })],
  ['a member that nobody knows', post({ query: QUERY, batch: 1 })],
  ['a text that is none', post({ query: 7 })],
  ['no operation', post({ variables: {} })],
  ['variables that are none', post({ query: QUERY, variables: [] })],
  ['extensions that are none', post({ query: QUERY, extensions: 'x' })],
  ['a member of other protocols', post({ id: 1, query: QUERY })],
  ['an empty name', post({ query: QUERY, operationName: '' })],
  ['an id beside another text', post({ query: QUERY, documentId: 'x' })],
  ['a text to be stored under its hash', post({ query: QUERY, extensions: { persistedQuery: { sha256Hash: ID } } })],
  ['a body that is too large', post({ query: `{ ${'a '.repeat(600)} }` })],
  ['another method', { ...post({ query: QUERY }), method: 'PUT' }],
  ['a text in the address', get(`?query=${QUERY}`)],
  ['an id twice in the address', get('?id=x&id=y')],
  ['variables in the address that are no JSON', get('?id=x&variables={')],
])('%s is left to the server', (_, request) => {
  expect(read(request)).toBeUndefined();
});
