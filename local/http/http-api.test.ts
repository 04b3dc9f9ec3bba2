import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InvocationRefused } from '../aws/lambda/lambda-service.ts';
import type { FirewallRule } from './cloudfront.ts';
import type { Cors } from './cors.ts';
import { type HttpApiOptions, httpApi } from './http-api.ts';

const cors: Cors = {
  allowOrigins: ['https://app.example'],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['content-type', 'authorization'],
  exposeHeaders: ['x-cost'],
  maxAge: 600,
};
const to = (functionName: string, method: string, path: string, timeoutMs?: number) => ({
  method,
  path,
  functionName,
  qualifier: 'live',
  ...(timeoutMs && { timeoutMs }),
});

/** Behaviour of each function behind the API. */
const functions: Record<string, (event: Record<string, unknown>) => unknown> = {
  echo: (event) => event,
  text: () => 'Hello from Lambda!',
  structured: () => ({
    statusCode: 201,
    headers: { 'X-Cost': 3, 'Content-Length': '1', 'Access-Control-Allow-Origin': '*' },
    cookies: ['a=1; Secure', 'b=2'],
    body: Buffer.from('binary').toString('base64'),
    isBase64Encoded: true,
  }),
  malformed: () => ({ statusCode: 'fine', body: {} }),
  hanging: () => new Promise(() => {}),
  throttled: () => {
    throw new InvocationRefused(429, 'TooManyRequestsException', 'Rate Exceeded.');
  },
};

const invoke: HttpApiOptions['invoke'] = async (name, payload) => {
  if (name === 'failing') return { body: '{"errorMessage":"a secret"}', functionError: 'Unhandled' };
  return { body: JSON.stringify(await functions[name]?.(JSON.parse(payload.toString('utf8')))) };
};

let server: Server;
let url: string;

beforeAll(async () => {
  const names = ['text', 'structured', 'malformed', 'throttled', 'failing'];
  const routes = [
    to('echo', 'POST', '/echo/{id}'),
    to('hanging', 'GET', '/hanging', 50),
    ...names.map((name) => to(name, 'GET', `/${name}`)),
  ];
  const api = httpApi({ routes: () => routes, cors: () => cors, invoke });
  server = createServer((incoming, outgoing) => void api(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

async function echo(init: RequestInit, path = '/echo/7') {
  return (await fetch(`${url}${path}`, { method: 'POST', ...init })).json();
}

test('a request is converted to an event of payload format 2.0', async () => {
  const headers = { 'Content-Type': 'application/json', Cookie: 'a=1; b=2', 'User-Agent': 'jest', 'X-Thing': 'on' };
  const event = await echo({ headers, body: '{"é":1}' }, '/echo/7?tag=a&tag=b%20c&q=');
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'POST /echo/{id}',
    rawPath: '/echo/7',
    rawQueryString: 'tag=a&tag=b%20c&q=',
    cookies: ['a=1', 'b=2'],
    headers: { 'content-type': 'application/json', 'x-thing': 'on', 'x-forwarded-proto': 'http' },
    queryStringParameters: { tag: 'a,b c', q: '' },
    pathParameters: { id: '7' },
    requestContext: {
      domainName: '127.0.0.1',
      http: { method: 'POST', path: '/echo/7', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'jest' },
      routeKey: 'POST /echo/{id}',
      stage: '$default',
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    },
    body: '{"é":1}',
    isBase64Encoded: false,
  });
  expect(event.headers).not.toHaveProperty('cookie');
});

test('repeated headers are joined by commas', async () => {
  const body = await new Promise<string>((resolve, reject) => {
    const sent = request(`${url}/echo/7`, { method: 'POST', headers: { 'X-Tag': ['a', 'b'] } }, async (response) => {
      resolve(Buffer.concat(await response.toArray()).toString('utf8'));
    });
    sent.on('error', reject).end();
  });
  expect(JSON.parse(body).headers).toMatchObject({ 'x-tag': 'a,b' });
});

test('the fields of a missing query, cookie or body are left out', async () => {
  const event = await echo({});
  for (const field of ['queryStringParameters', 'cookies', 'body']) expect(event).not.toHaveProperty(field);
});

test.each([
  ['application/octet-stream', Buffer.from([0, 255]), 'AP8='],
  ['application/x-www-form-urlencoded', Buffer.from('a=1'), 'YT0x'],
  ['text/plain', Buffer.from([0xff]), '/w=='],
])('a body of %s that is not text is Base64-encoded', async (type, body, expected) => {
  expect(await echo({ headers: { 'content-type': type }, body })).toMatchObject({
    body: expected,
    isBase64Encoded: true,
  });
});

test('a structured result sets status, headers, cookies and decoded body', async () => {
  const response = await fetch(`${url}/structured`);
  expect(response.status).toBe(201);
  expect(response.headers.getSetCookie()).toEqual(['a=1; Secure', 'b=2']);
  expect(response.headers.get('x-cost')).toBe('3');
  expect(response.headers.get('content-type')).toBe('text/plain;charset=utf-8');
  expect(await response.text()).toBe('binary');
});

test('any other result is a JSON body', async () => {
  const response = await fetch(`${url}/text`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(await response.text()).toBe('Hello from Lambda!');
});

test.each([
  ['/failing', 500, 'Internal Server Error'],
  ['/malformed', 500, 'Internal Server Error'],
  ['/throttled', 503, 'Service Unavailable'],
  ['/hanging', 503, 'Service Unavailable'],
  ['/nowhere', 404, 'Not Found'],
])('%s gets %i from the API, without details of the function', async (path, status, message) => {
  const response = await fetch(`${url}${path}`);
  expect([response.status, await response.json()]).toEqual([status, { message }]);
});

test('a body of more than 10 MB is refused', async () => {
  const response = await fetch(`${url}/echo/7`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1, 'a') });
  expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
});

describe('the edge and the throttle', () => {
  const ORIGIN = { 'x-origin-secret': 'of the edge' };
  const refused = { status: 429, headers: { 'content-type': 'application/json' }, body: '{"errors":[]}' };

  async function withApi<T>(options: Partial<HttpApiOptions>, run: (url: string) => Promise<T>): Promise<T> {
    const api = httpApi({ routes: () => [to('echo', 'POST', '/echo/{id}')], cors: () => cors, invoke, ...options });
    const other = createServer((incoming, outgoing) => void api(incoming, outgoing));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      return await run(`http://127.0.0.1:${(other.address() as AddressInfo).port}/echo/7`);
    } finally {
      other.close();
      other.closeAllConnections();
    }
  }

  test('a firewall blocks requests, and adds the origin headers to allowed ones', async () => {
    const rule: FirewallRule = {
      name: 'token',
      statement: { kind: 'rate', limit: 1, window: 60_000, by: ['authorization'] },
      labels: [],
      response: refused,
    };
    const edge = () => ({ rules: [rule], originHeaders: ORIGIN });
    await withApi({ edge }, async (address) => {
      const send = (headers: Record<string, string>) => fetch(address, { method: 'POST', headers });
      const first = await send({ authorization: 'a', 'x-origin-secret': 'made up' });
      expect((await first.json()).headers).toMatchObject(ORIGIN);
      const second = await send({ authorization: 'a' });
      expect([second.status, await second.json()]).toEqual([429, { errors: [] }]);
      expect((await send({ authorization: 'b' })).status).toBe(200);
    });
  });

  test('an API throttles requests above the rate of its stage', async () => {
    await withApi({ throttle: () => ({ rate: 0.001, burst: 1 }) }, async (address) => {
      const [first, second] = [await fetch(address, { method: 'POST' }), await fetch(address, { method: 'POST' })];
      expect([first.status, second.status]).toEqual([200, 429]);
      expect(await second.json()).toEqual({ message: 'Too Many Requests' });
    });
  });

  test("the edge adds CORS headers to the API's errors, and keeps those of a function", async () => {
    const options: Partial<HttpApiOptions> = {
      cors: () => undefined,
      throttle: () => ({ rate: 0.001, burst: 1 }),
      routes: () => [to('structured', 'GET', '/echo/{id}')],
      edge: () => ({ rules: [], originHeaders: {}, cors }),
    };
    await withApi(options, async (address) => {
      const headers = { origin: 'https://app.example' };
      const [first, second] = [await fetch(address, { headers }), await fetch(address, { headers })];
      expect([first.status, first.headers.get('access-control-allow-origin')]).toEqual([201, '*']);
      expect([second.status, second.headers.get('access-control-allow-origin')]).toEqual([429, headers.origin]);
    });
  });
});

describe('CORS', () => {
  const preflight = (origin: string) =>
    fetch(`${url}/echo/7`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });

  test('the API answers the preflight of an allowed origin', async () => {
    const response = await preflight('https://app.example');
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type,authorization',
      'access-control-max-age': '600',
    });
  });

  test('the preflight of another origin gets no CORS headers', async () => {
    const response = await preflight('https://evil.example');
    expect(response.status).toBe(204);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test("the API replaces the function's CORS headers", async () => {
    const headersFor = async (origin: string) => (await fetch(`${url}/structured`, { headers: { origin } })).headers;
    const allowed = await headersFor('https://app.example');
    expect(allowed.get('access-control-allow-origin')).toBe('https://app.example');
    expect(allowed.get('access-control-expose-headers')).toBe('x-cost');
    expect((await headersFor('https://evil.example')).get('access-control-allow-origin')).toBeNull();
  });

  test('errors of the API have CORS headers too', async () => {
    const response = await fetch(`${url}/nowhere`, { headers: { origin: 'https://app.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
  });
});
