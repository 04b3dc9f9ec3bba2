import { type Cors, checkedCors, corsFrom, corsHeaders, crossOrigin, LOCAL_ORIGINS, preflightHeaders } from './cors.ts';

const cors = { origins: ['https://studio.apollographql.com', ...LOCAL_ORIGINS] };
const allowed = (origin: string | undefined, rules: Cors = cors) =>
  corsHeaders(origin, rules)['access-control-allow-origin'];

test.each([
  'https://studio.apollographql.com',
  'http://localhost',
  'http://localhost:3000',
  'http://localhost:65535',
  'http://127.0.0.1:5173',
  'http://[::1]:8080',
])('origin %s may call the API with credentials', (origin) => {
  expect(corsHeaders(origin, cors)).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': expect.stringContaining('retry-after'),
    vary: 'Origin',
  });
});

test.each([
  undefined,
  'null',
  'http://studio.apollographql.com',
  'https://studio.apollographql.com:8443',
  'https://studio.apollographql.com.evil.example',
  'https://evil-studio.apollographql.com',
  'http://localhost.evil.example',
  'http://localhost:3000.evil.example',
  'http://localhost:80@evil.example',
  'http://localhost:',
  'http://localhost:*',
  'https://localhost:3000',
  'http://127.0.0.1.evil.example:3000',
  'http://127.0.0.2:3000',
])('origin %s may not call the API, and caches keep its responses apart', (origin) => {
  expect(corsHeaders(origin, cors)).toEqual({ vary: 'Origin' });
  expect(preflightHeaders({ origin, 'access-control-request-method': 'POST' }, cors)).toEqual({
    allow: 'GET,POST,OPTIONS',
    vary: 'Origin',
  });
});

test('a wildcard allows every origin without credentials', () => {
  const headers = corsHeaders('https://any.example', { origins: ['*'] });
  expect(headers).toMatchObject({ 'access-control-allow-origin': '*' });
  expect(headers).not.toHaveProperty('access-control-allow-credentials');
});

test('without allowed origins, no header is added', () => {
  expect(corsHeaders('http://localhost:3000', corsFrom(undefined))).toEqual({});
});

test("a preflight allows standard clients' headers and configured ones", () => {
  const origin = 'http://localhost:3000';
  const headers = preflightHeaders({ origin }, { ...cors, requestHeaders: ['x-tenant'] });
  expect(headers).toMatchObject({
    'access-control-allow-methods': 'GET,POST,OPTIONS',
    'access-control-max-age': '3600',
  });
  expect(headers['access-control-allow-headers']?.split(',')).toEqual(
    expect.arrayContaining([
      'content-type',
      'authorization',
      'apollographql-client-name',
      'apollographql-client-version',
      'apollo-require-preflight',
      'x-apollo-operation-name',
      'apollo-query-plan-experimental',
      'traceparent',
      'x-tenant',
    ]),
  );
});

test('a preflight allows other headers only with the setting `*`', () => {
  const asked = { origin: 'http://localhost:3000', 'access-control-request-headers': 'x-tenant, x-other,x bad' };
  const listed = preflightHeaders(asked, { ...cors, requestHeaders: ['x-tenant'] })['access-control-allow-headers'];
  expect(listed?.split(',')).toContain('x-tenant');
  expect(listed?.split(',')).not.toContain('x-other');
  const every = preflightHeaders(asked, { ...cors, requestHeaders: ['*'] })['access-control-allow-headers']?.split(',');
  expect(every).toEqual(expect.arrayContaining(['content-type', 'x-tenant', 'x-other']));
  expect(every).not.toContain('x bad');
});

test("the response's own headers are kept, including Vary", async () => {
  const response = { status: 200, headers: { vary: 'accept', 'content-type': 'text/plain' }, body: '' };
  const request = { method: 'GET', path: '/', search: '', headers: { origin: 'https://evil.example' }, body: '' };
  const { headers } = await crossOrigin(cors, request, async () => response);
  expect(headers).toEqual({ vary: 'accept, Origin', 'content-type': 'text/plain' });
});

test.each([
  'https://app.example/',
  'https://*.example',
  'https://app.example:*',
  'http://localhost:*/',
  'app.example',
  'HTTPS://APP.EXAMPLE',
  'http://*',
])('the setting %s is rejected', (origin) => {
  expect(() => checkedCors({ origins: [origin] })).toThrow(`The origin "${origin}" is not valid`);
});

test.each(['https://app.example', 'https://app.example:8443', 'capacitor://localhost', 'http://[::1]:*', '*'])(
  'the setting %s is accepted',
  (origin) => {
    const rules = checkedCors({ origins: [origin] });
    expect(allowed(origin.replace('*', '1'), rules)).toBeDefined();
  },
);
