import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { type TokenRules, tokenVerifier } from './viewer-from-token.ts';

type Key = Awaited<ReturnType<typeof generateKeyPair>>;

let served: JWK[] = [];
let status = 200;
/** Number of requests to fail by closing the connection. */
let failures = 0;
let keyFetches = 0;
const issuerServer = createServer((_, outgoing) => {
  keyFetches++;
  if (failures-- > 0) return void outgoing.destroy();
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: served }));
});

let rules: TokenRules;
let key: Key;
let other: Key;
beforeAll(async () => {
  await new Promise<void>((resolve) => issuerServer.listen(0, '127.0.0.1', resolve));
  rules = { issuer: `http://127.0.0.1:${(issuerServer.address() as AddressInfo).port}`, audience: 'web' };
  [key, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
});
afterAll(() => {
  issuerServer.closeAllConnections();
  issuerServer.close();
});
beforeEach(async () => {
  served = [await publicJwk(key, 'one')];
  status = 200;
  failures = 0;
  keyFetches = 0;
});

async function publicJwk({ publicKey }: Key, kid: string): Promise<JWK> {
  return { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
}

const NOW = () => Math.floor(Date.now() / 1_000);

function viewerFromToken(tokenRules: TokenRules) {
  const verify = tokenVerifier(tokenRules);
  return async (authorization: string | undefined) => (await verify(authorization))?.viewer;
}

function claims(more: JWTPayload = {}): JWTPayload {
  return { sub: 'u1', iss: rules.issuer, aud: rules.audience, iat: NOW(), exp: NOW() + 600, ...more };
}

function signed(payload = claims(), { privateKey } = key, header: object = {}): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(privateKey);
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

const bearer = (token: string) => `Bearer ${token}`;

test.each<[string, JWTPayload, string[]]>([
  ['a string', { scope: 'a b' }, ['a', 'b']],
  ['a list', { scope: ['a', 'b'] }, ['a', 'b']],
  ['scp, a string', { scp: 'a b' }, ['a', 'b']],
  ['scp, a list', { scp: ['a', 'b'] }, ['a', 'b']],
  ['both', { scope: 'a  b', scp: ['b', 'c d'] }, ['a', 'b', 'c', 'd']],
  ['neither', {}, []],
  ['anything else', { scope: { a: true }, scp: [1, null, ['x'], 'y'] }, ['y']],
])('scopes come from %s', async (_, scoped, scopes) => {
  expect(await viewerFromToken(rules)(bearer(await signed(claims(scoped))))).toMatchObject({ scopes });
});

test('a token identifies the viewer, and keys are fetched once', async () => {
  const verify = viewerFromToken(rules);
  const token = await signed(claims({ email: 'ada@example.com', 'cognito:groups': ['host'], scope: 'a b' }));
  const viewer = { id: 'u1', email: 'ada@example.com', groups: ['host'], scopes: ['a', 'b'] };
  expect(await verify(bearer(token))).toEqual(viewer);
  expect(await verify(bearer(token))).toEqual(viewer);
  expect(keyFetches).toBe(1);
});

test('a request without the header is anonymous', async () => {
  expect(await viewerFromToken(rules)(undefined)).toBeUndefined();
});

test("Cognito's access tokens have client_id in place of an audience", async () => {
  const { aud: _, ...payload } = claims({ client_id: 'web' });
  expect(await viewerFromToken(rules)(bearer(await signed(payload)))).toMatchObject({ id: 'u1' });
});

const FORGED: Record<string, () => Promise<string> | string> = {
  'alg none': () => `${encoded({ alg: 'none' })}.${encoded(claims())}.`,
  expired: () => signed(claims({ exp: NOW() - 60 })),
  'of another key': () => signed(claims(), other),
  'for another audience': () => signed(claims({ aud: 'others' })),
  'of another issuer': () => signed(claims({ iss: 'https://elsewhere.example' })),
  'without an expiry': async () => {
    const { exp: _, ...payload } = claims();
    return signed(payload);
  },
  'without a subject': async () => {
    const { sub: _, ...payload } = claims();
    return signed(payload);
  },
  'not valid yet': () => signed(claims({ nbf: NOW() + 600 })),
  'HS256, signed with the public key': async () => {
    const secret = new TextEncoder().encode(await exportSPKI(key.publicKey));
    return new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);
  },
  'with its own key in the header': async () =>
    signed(claims(), other, { kid: undefined, jwk: await exportJWK(other.publicKey) }),
  'with a key URL in the header': () => signed(claims(), other, { jku: 'http://127.0.0.1:1/keys' }),
  tampered: async () => {
    const [header, , signature] = (await signed()).split('.');
    return `${header}.${encoded(claims({ sub: 'admin' }))}.${signature}`;
  },
  'with an unknown critical extension': () =>
    new CompactSign(Buffer.from(JSON.stringify(claims())))
      .setProtectedHeader({ alg: 'RS256', kid: 'one', crit: ['x'], x: 1 })
      .sign(key.privateKey, { crit: { x: true } }),
  'with an unknown key id': () => signed(claims(), key, { kid: 'none' }),
  'not a JWT': () => 'a.b.c',
  garbage: () => '\u0000"',
  empty: () => '',
};

test.each(Object.keys(FORGED))('a token that is %s is rejected with 401', async (name) => {
  const token = (await FORGED[name]?.()) ?? '';
  await expect(viewerFromToken(rules)(bearer(token))).rejects.toMatchObject({
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
  });
});

test('another scheme is rejected', async () => {
  await expect(viewerFromToken(rules)('Basic YTpi')).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
});

describe('rotated keys', () => {
  /** Returns a verifier that has fetched the issuer's previous keys. */
  async function afterRotation(keyCooldown?: number) {
    served = [await publicJwk(other, 'old')];
    const verify = viewerFromToken({ ...rules, ...(keyCooldown !== undefined && { keyCooldown }) });
    expect(await verify(bearer(await signed(claims(), other, { kid: 'old' })))).toMatchObject({ id: 'u1' });
    served = [await publicJwk(key, 'one')];
    return verify;
  }

  test('are not fetched for each unknown key id', async () => {
    const verify = await afterRotation();
    await expect(verify(bearer(await signed()))).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    expect(keyFetches).toBe(1);
  });

  test('are fetched again after the cooldown', async () => {
    const verify = await afterRotation(0);
    expect(await verify(bearer(await signed()))).toMatchObject({ id: 'u1' });
    expect(keyFetches).toBe(2);
  });
});

test('a failed fetch of keys is retried once', async () => {
  failures = 1;
  expect(await viewerFromToken(rules)(bearer(await signed()))).toMatchObject({ id: 'u1' });
});

test('an unavailable issuer is answered with 503', async () => {
  status = 500;
  await expect(viewerFromToken(rules)(bearer(await signed()))).rejects.toMatchObject({
    extensions: { code: 'AUTHENTICATION_UNAVAILABLE', http: { status: 503 } },
  });
});

test('the expiry of a token is known', async () => {
  const payload = claims();
  expect(await tokenVerifier(rules)(bearer(await signed(payload)))).toMatchObject({ expiresAt: payload.exp });
});
