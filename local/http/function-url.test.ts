import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../test/eventually.ts';
import { TestLambda } from '../../test/lambda.ts';
import type { Edge, FirewallRule } from './cloudfront.ts';
import { type FrontDoorOptions, type FunctionUrl, frontDoor } from './function-url.ts';

/** The function URL of the local run, in front of functions under AWS's runtime client. */

const directory = mkdtempSync(join(tmpdir(), 'url-'));
const lambda = new TestLambda();
let server: Server;
let target: FunctionUrl | undefined;
let edge: Edge | undefined;

beforeAll(async () => {
  const invoke: FrontDoorOptions['invoke'] = (name, payload, options) => lambda.service.invoke(name, payload, options);
  const door = frontDoor({ url: () => target, edge: () => edge, invoke });
  server = createServer((incoming, outgoing) => void door(incoming, outgoing).catch(() => outgoing.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  edge = undefined;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await lambda.service.close();
  rmSync(directory, { recursive: true });
});

/** Puts a function behind the URL. */
function serve(handler: string, options: Partial<FunctionUrl> & Parameters<TestLambda['put']>[1] = {}): string {
  const { isStreamed = true, ...definition } = options;
  const functionName = lambda.put(handler, definition);
  target = { functionName, qualifier: 'live', isStreamed };
  return functionName;
}

const address = (path = '/') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const post = (body: string | Buffer<ArrayBuffer> = '', init: RequestInit = {}, path?: string) =>
  fetch(address(path), { method: 'POST', ...init, body });
const newFile = () => join(directory, randomUUID());

/** Opens a request and returns its response as soon as it begins. */
function open(body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(address(), { method: 'POST', agent: false }, resolve).on('error', reject).end(body);
  });
}

async function nextChunk(response: IncomingMessage): Promise<string> {
  const [chunk] = await new Promise<Buffer[]>((resolve) => response.once('data', (data) => resolve([data])));
  return String(chunk);
}

const eventFor = async (init: RequestInit, path?: string) =>
  (await post((init.body as string | undefined) ?? '', init, path)).json();

describe('the event', () => {
  beforeAll(() => void serve('streaming.whole'));

  test('has payload format 2.0', async () => {
    const headers = { 'Content-Type': 'application/json', Cookie: 'a=1; b=2', 'User-Agent': 'jest', 'X-Thing': 'on' };
    const event = await eventFor({ headers, body: '{"é":1}' }, '/echo/7?tag=a&tag=b%20c&q=');
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/echo/7',
      rawQueryString: 'tag=a&tag=b%20c&q=',
      cookies: ['a=1', 'b=2'],
      headers: { 'content-type': 'application/json', 'x-thing': 'on', 'x-forwarded-proto': 'http' },
      queryStringParameters: { tag: 'a,b c', q: '' },
      requestContext: {
        accountId: 'anonymous',
        domainName: '127.0.0.1',
        http: { method: 'POST', path: '/echo/7', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'jest' },
        routeKey: '$default',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"é":1}',
      isBase64Encoded: false,
    });
    expect(event.headers).not.toHaveProperty('cookie');
  });

  test('joins repeated headers by commas', async () => {
    const body = await new Promise<string>((resolve, reject) => {
      request(address(), { method: 'POST', headers: { 'X-Tag': ['a', 'b'] } }, async (response) => {
        resolve(Buffer.concat(await response.toArray()).toString('utf8'));
      })
        .on('error', reject)
        .end();
    });
    expect(JSON.parse(body).headers).toMatchObject({ 'x-tag': 'a,b' });
  });

  test('has no member for a missing query, cookie or body', async () => {
    const event = await eventFor({});
    for (const field of ['queryStringParameters', 'cookies', 'body']) expect(event).not.toHaveProperty(field);
  });

  test.each([
    ['application/octet-stream', Buffer.from([0, 255]), 'AP8='],
    ['application/x-www-form-urlencoded', Buffer.from('a=1'), 'YT0x'],
    ['text/plain', Buffer.from([0xff]), '/w=='],
  ])('has a body of %s that is not text in Base64', async (type, body, expected) => {
    const event = await (await post(body, { headers: { 'content-type': type } })).json();
    expect(event).toMatchObject({ body: expected, isBase64Encoded: true });
  });

  test('has a compressed body in Base64', async () => {
    const event = await (
      await post('x', { headers: { 'content-type': 'text/plain', 'content-encoding': 'br' } })
    ).json();
    expect(event).toMatchObject({ body: 'eA==', isBase64Encoded: true });
  });

  test('has the request id that the response and the invocation have', async () => {
    const response = await post();
    const { requestContext } = await response.json();
    expect(response.headers.get('x-amzn-requestid')).toBe(requestContext.requestId);
  });
});

describe('a streamed response', () => {
  test('begins with the status, headers and cookies of the prelude', async () => {
    serve('streaming.whole');
    const { status, headers } = await post();
    expect([status, headers.get('x-cost'), headers.get('transfer-encoding')]).toEqual([201, '3', 'chunked']);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.getSetCookie()).toEqual(['a=1; Secure', 'b=2']);
    expect(headers.has('content-length')).toBe(false);
  });

  test('without a prelude has status 200 and its media type', async () => {
    serve('streaming.plain');
    const response = await post();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain']);
    expect(await response.text()).toBe('first second');
  });

  test('ends when its environment is ready, so that requests one after the other share one', async () => {
    serve('behaviour.serve');
    const processes = new Set<string>();
    for (let i = 0; i < 20; i++) processes.add(await (await post('next')).text());
    expect(processes.size).toBe(1);
  });

  test('may have no body', async () => {
    serve('streaming.empty');
    const { status, headers } = await post();
    expect([status, headers.get('x-empty')]).toEqual([204, 'yes']);
  });

  test('reaches the client part by part', async () => {
    serve('streaming.parts');
    const file = newFile();
    const response = await open(file);
    expect([response.statusCode, await nextChunk(response)]).toEqual([200, '[1']);
    writeFileSync(file, '');
    expect(await nextChunk(response)).toBe(',2]');
  });

  test('may be larger than 6 MB', async () => {
    serve('streaming.large');
    expect((await (await post('20')).arrayBuffer()).byteLength).toBe(20 * 1024 * 1024);
  });

  test('ends with a broken connection after 200 MB', async () => {
    serve('streaming.large');
    const response = await open('201');
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    await new Promise((resolve) => response.once('error', resolve));
    expect(bytes).toBeLessThanOrEqual(200 * 1024 * 1024);
  }, 30_000);

  test.each(['streaming.failsInside', 'streaming.exitsInside'])(
    'of %s breaks the connection at the error; the next request is answered',
    async (handler) => {
      const functionName = serve(handler);
      const file = newFile();
      const response = await open(file);
      expect([response.statusCode, await nextChunk(response)]).toEqual([200, '[1']);
      const broken = new Promise<Error>((resolve) => response.once('error', resolve));
      writeFileSync(file, '');
      expect(await broken).toMatchObject({ code: 'ECONNRESET' });
      lambda.put('streaming.plain', { name: functionName });
      expect((await post()).status).toBe(200);
    },
  );

  test('is not needed by a client that leaves: the function runs to its end', async () => {
    const functionName = serve('streaming.parts');
    const file = newFile();
    const response = await open(file);
    await nextChunk(response);
    response.destroy();
    writeFileSync(file, '');
    await eventually(async () => expect(lambda.lines.join('\n')).toMatch(new RegExp(`${functionName} .*finished`)));
  });

  test('that a slow client does not take waits in the function', async () => {
    const functionName = serve('streaming.large');
    const response = await open('100');
    await nextChunk(response);
    response.pause();
    await lambda.call(lambda.put('behaviour.echo'));
    expect(lambda.lines.join('\n')).not.toMatch(new RegExp(`${functionName} .*finished`));
    response.resume();
    await eventually(async () => expect(lambda.lines.join('\n')).toMatch(new RegExp(`${functionName} .*finished`)));
  }, 30_000);
});

test.each([
  ['that fails before its response', 'streaming.failsFirst', true],
  ['whose prelude is malformed', 'streaming.malformed', true],
  ['that does not stream, and fails', 'behaviour.fail', true],
  ['that fails', 'behaviour.fail', false],
  ['whose process exits', 'behaviour.leave', true],
  ['whose response has more than 6 MB', 'behaviour.sevenMegabytes', false],
  ['that does not stream, and returns more than 6 MB', 'behaviour.sevenMegabytes', true],
])('a function %s gets 502, without details of the function', async (_, handler, isStreamed) => {
  serve(handler, { isStreamed });
  const response = await post();
  expect([response.status, await response.text()]).toEqual([502, 'Internal Server Error']);
});

test('a function that exceeds its timeout gets 502', async () => {
  serve('behaviour.hang', { timeout: 50 });
  expect((await post()).status).toBe(502);
});

test('a returned value is a whole response without streaming, and the body as it is with it', async () => {
  serve('streaming.buffered', { isStreamed: false });
  const whole = await post();
  expect([whole.status, await whole.text()]).toEqual([201, 'as it is']);
  serve('streaming.buffered');
  const streamed = await post();
  expect([streamed.status, await streamed.json()]).toEqual([200, { statusCode: 201, body: 'as it is' }]);
});

test('a body of more than 6 MB is refused', async () => {
  serve('streaming.whole');
  const response = await post(Buffer.alloc(6 * 1024 * 1024 + 1, 'a'));
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ message: expect.stringContaining('6291456 bytes') });
});

test('a function with no reserved concurrency left refuses with 429', async () => {
  serve('streaming.parts', { reservedConcurrency: 1 });
  const file = newFile();
  const response = await open(file);
  await nextChunk(response);
  const refused = await post();
  expect([refused.status, refused.headers.get('x-amzn-errortype')]).toEqual([429, 'TooManyRequestsException']);
  expect(await refused.json()).toMatchObject({ Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' });
  writeFileSync(file, '');
  expect(await nextChunk(response)).toBe(',2]');
});

test('a system without a function URL says so', async () => {
  target = undefined;
  const response = await post();
  expect([response.status, await response.json()]).toEqual([404, { message: 'The system has no function URL.' }]);
});

describe('CloudFront in front of it', () => {
  const cors = {
    allowOrigins: ['https://app.example'],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['content-type'],
    maxAge: 600,
  };
  const originHeaders = { 'x-origin-secret': 'of the edge' };

  test('blocks requests by the firewall, and adds the origin headers to allowed ones', async () => {
    const rule: FirewallRule = {
      name: 'token',
      statement: { kind: 'rate', limit: 1, window: 60_000, by: ['authorization'] },
      labels: [],
      response: { status: 429, headers: { 'content-type': 'application/json' }, body: '{"errors":[]}' },
    };
    edge = { rules: [rule], originHeaders };
    serve('streaming.whole');
    const first = await post('', { headers: { authorization: 'a', 'x-origin-secret': 'made up' } });
    expect((await first.json()).headers).toMatchObject(originHeaders);
    const second = await post('', { headers: { authorization: 'a' } });
    expect([second.status, await second.json()]).toEqual([429, { errors: [] }]);
    expect((await post('', { headers: { authorization: 'b' } })).status).toBe(201);
  });

  test('adds CORS headers to every response that has none', async () => {
    edge = { rules: [], originHeaders, cors };
    const headers = { origin: 'https://app.example' };
    for (const handler of ['streaming.whole', 'streaming.failsFirst', 'behaviour.echo']) {
      serve(handler);
      expect((await post('', { headers })).headers.get('access-control-allow-origin')).toBe(headers.origin);
    }
    serve('behaviour.echo', { reservedConcurrency: 0 });
    const refused = await post('', { headers });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([429, headers.origin]);
    expect(
      (await post('', { headers: { origin: 'https://evil.example' } })).headers.has('access-control-allow-origin'),
    ).toBe(false);
  });
});
