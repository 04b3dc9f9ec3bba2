import { Library } from './library.ts';

/** What browsers are told about pages of other origins, at the whole system. */

const ALLOWED = 'https://studio.apollographql.com';
/** Of these, all but the first look like the allowed one to a comparison that is not exact. */
const FOREIGN = [
  'https://evil.example',
  'http://studio.apollographql.com',
  'https://studio.apollographql.com.evil.example',
  'https://evil-studio.apollographql.com',
  'https://studio.apollographql.com:8443',
  'null',
];
const PREFLIGHT = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type,authorization',
};
const QUESTION = { method: 'POST', body: '{"query":"{ __typename }"}' };

let library: Library;
beforeAll(async () => {
  library = await Library.start();
}, 120_000);
afterAll(() => library.close());

const send = (init: RequestInit) => fetch(`${library.url}/graphql`, init);
const preflight = (origin: string) => send({ method: 'OPTIONS', headers: { origin, ...PREFLIGHT } });
const ask = (headers: Record<string, string>) =>
  send({ ...QUESTION, headers: { 'content-type': 'application/json', ...headers } });
const accessControl = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

test('a page of an allowed origin may ask, with its methods, its headers and its credentials', async () => {
  const answer = await preflight(ALLOWED);
  expect(answer.status).toBe(204);
  expect(await answer.text()).toBe('');
  expect(accessControl(answer)).toEqual({
    'access-control-allow-origin': ALLOWED,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET,POST,OPTIONS',
    'access-control-allow-headers': 'content-type,authorization,apollo-require-preflight,apollographql-client-name',
    'access-control-max-age': '3600',
  });
  expect(answer.headers.get('vary')).toBe('Origin');
});

test('it may read the answer, and the answer of no other origin is kept for it', async () => {
  const answer = await ask({ origin: ALLOWED });
  expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
  expect(accessControl(answer)).toEqual({
    'access-control-allow-origin': ALLOWED,
    'access-control-allow-credentials': 'true',
  });
  expect(answer.headers.get('vary')).toBe('Origin');
});

test.each(FOREIGN)('a page of %s is given no permission, before it asks and after', async (origin) => {
  const [before, after] = [await preflight(origin), await ask({ origin })];
  expect(before.status).toBe(204);
  expect(accessControl(before)).toEqual({});
  expect(after.status).toBe(200);
  expect(accessControl(after)).toEqual({});
});

test('who is no browser is told nothing of origins', async () => {
  expect(accessControl(await ask({}))).toEqual({});
});

test.each<[string, Record<string, string>]>([
  ['no origin', {}],
  ['no origin, but the rest of a preflight', PREFLIGHT],
  ['an allowed origin, but no method', { origin: ALLOWED }],
  ['a foreign origin, and no method', { origin: 'https://evil.example' }],
])('OPTIONS with %s is no preflight, and not found', async (_, headers) => {
  const answer = await send({ method: 'OPTIONS', headers });
  expect(answer.status).toBe(404);
  expect(answer.headers.get('access-control-allow-methods')).toBeNull();
});
