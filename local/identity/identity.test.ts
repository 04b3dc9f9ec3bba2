import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { Identity, type IssuedToken } from './identity.ts';
import { handleIdentityRequest } from './identity-api.ts';

const ISSUER = 'http://localhost:4000/identity';
const grace = { id: 'u1', email: 'grace@example.com', name: 'Grace', groups: ['host'] };

let folder: string;
let file: string;
let identity: Identity;

const open = () => Identity.open({ file, issuer: ISSUER, audience: 'client' });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'identity-'));
  file = join(folder, 'identity.json');
  identity = await open();
});

afterEach(() => rmSync(folder, { recursive: true }));

async function call(method: string, path: string, body?: unknown) {
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  return handleIdentityRequest(identity, method, new URL(`${ISSUER}${path}`), content ?? '');
}

async function issueToken(request: object) {
  const response = await call('POST', '/token', request);
  expect(response?.status).toBe(200);
  return response?.body as IssuedToken;
}

/** Returns the claims of a new token, verified like in the gateway: by published keys, issuer and audience. */
async function claimsFor(request: object) {
  const { token } = await issueToken(request);
  const keys = createLocalJWKSet(identity.keySet());
  return (await jwtVerify(token, keys, { issuer: ISSUER, audience: 'client' })).payload;
}

test("a token has the user's claims and is valid for 12 hours", async () => {
  identity.register([grace]);
  const claims = await claimsFor({ email: 'grace@example.com', scope: 'graph/read' });
  expect(claims).toMatchObject({
    sub: 'u1',
    email: 'grace@example.com',
    name: 'Grace',
    'cognito:groups': ['host'],
    token_use: 'id',
    scope: 'graph/read',
  });
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(12 * 60 * 60);
});

test('the response has the expiry time of the token', async () => {
  const { expiresAt } = await issueToken({ email: 'new@example.com' });
  expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
});

test('an unknown e-mail address is the same new user at each call', async () => {
  const [first, again, other] = await Promise.all(
    ['new@example.com', 'New@Example.com', 'other@example.com'].map((email) => claimsFor({ email })),
  );
  expect(first?.sub).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(again?.sub).toBe(first?.sub);
  expect(other?.sub).not.toBe(first?.sub);
});

test('a token can be requested with other groups', async () => {
  expect(await claimsFor({ email: 'new@example.com', groups: ['operator'] })).toMatchObject({
    'cognito:groups': ['operator'],
  });
});

test('published keys contain no private part', async () => {
  const response = await call('GET', '/.well-known/jwks.json');
  expect(response?.body).toEqual({ keys: [expect.not.objectContaining({ d: expect.anything() })] });
});

test('the discovery document has the URL of the keys', async () => {
  const response = await call('GET', '/.well-known/openid-configuration');
  expect(response?.body).toMatchObject({ issuer: ISSUER, jwks_uri: `${ISSUER}/.well-known/jwks.json` });
});

test('users are listed in order of registration; a replaced user keeps its position', async () => {
  await call('POST', '/users', [grace, { id: 'u2', email: 'ada@example.com', name: 'Ada' }]);
  await call('POST', '/users', [{ ...grace, name: 'Grace H.' }]);
  expect((await call('GET', '/users'))?.body).toMatchObject([{ name: 'Grace H.' }, { name: 'Ada', groups: [] }]);
  expect((await call('GET', '/users?first=1'))?.body).toHaveLength(1);
});

test('key and users are stored in a file that only its owner may read', async () => {
  identity.register([grace]);
  const reopened = await open();
  expect(reopened.keySet()).toEqual(identity.keySet());
  expect(reopened.users(10)).toEqual([grace]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('only an incomplete last line is lost', async () => {
  identity.register([grace]);
  appendFileSync(file, '{"id":"u2","ema');
  const ada = { ...grace, id: 'u3', email: 'ada@example.com' };
  (await open()).register([ada]);
  expect((await open()).users(10)).toEqual([grace, ada]);
});

test.each([
  ['POST', '/token', '{', 'The body: must be a JSON object'],
  ['POST', '/token', {}, 'email: must be an e-mail address'],
  ['POST', '/token', { email: 'nobody' }, 'email: must be an e-mail address'],
  ['POST', '/users', [{ ...grace, id: '' }], '0.id: must not be empty'],
  ['GET', '/users?first=many', undefined, 'first: must be a whole number from 1 to 1000'],
])('%s %s with invalid input is refused with the reason', async (method, path, body, message) => {
  expect(await call(method, path, body)).toEqual({ status: 400, body: { message } });
});

test('an unknown route is not handled', async () => {
  expect(await call('DELETE', '/users')).toBeUndefined();
});
