import { PassThrough } from 'node:stream';
import '../../build/code-cache/lambda-globals.cjs';
import { type FunctionUrlEvent, httpRequestFrom, writeResponse } from './function-url.ts';
import type { ResponseBody } from './http-message.ts';

function eventWith(headers: Record<string, string>, more: Partial<FunctionUrlEvent> = {}): FunctionUrlEvent {
  const requestContext = { requestId: 'r', http: { method: 'POST', sourceIp: '192.0.2.9' } };
  const event = {
    rawPath: '/graphql',
    rawQueryString: 'a=1',
    headers,
    requestContext,
    isBase64Encoded: false,
    ...more,
  };
  return event as unknown as FunctionUrlEvent;
}

test('an event becomes a request', () => {
  expect(httpRequestFrom(eventWith({ accept: '*/*' }, { cookies: ['a=1', 'b=2'], body: '{}' }))).toEqual({
    method: 'POST',
    path: '/graphql',
    search: 'a=1',
    headers: { accept: '*/*', cookie: 'a=1; b=2' },
    body: '{}',
    ip: '192.0.2.9',
  });
});

test('a body in Base64 is decoded to bytes', () => {
  const { body } = httpRequestFrom(eventWith({}, { body: 'AP8=', isBase64Encoded: true }));
  expect(body).toEqual(Buffer.from([0, 255]));
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7, 192.0.2.9', '203.0.113.7'],
  ['made up, 203.0.113.7', '203.0.113.7'],
  ['', '192.0.2.9'],
])('behind CloudFront, the forwarded addresses "%s" give the client %s', (list, expected) => {
  const event = eventWith({ 'x-forwarded-for': list });
  expect(httpRequestFrom(event, true).ip).toBe(expected);
  expect(httpRequestFrom(event).ip).toBe('192.0.2.9');
});

async function* chunksOf(...chunks: (string | Uint8Array)[]) {
  yield* chunks;
}

describe('a response', () => {
  async function written(body: ResponseBody, headers: Record<string, string | string[]> = {}) {
    const stream = new PassThrough();
    const chunks = stream.toArray();
    const bytes = await writeResponse(stream, { status: 200, headers, body });
    const { head } = stream as unknown as { head: object };
    return { bytes, head, text: Buffer.concat(await chunks).toString('utf8') };
  }

  test.each<[string, ResponseBody, string]>([
    ['text', 'é', 'é'],
    ['chunks', chunksOf('a', Buffer.from('é')), 'aé'],
    ['no text', '', ''],
    ['no chunks', chunksOf(), ''],
  ])('of %s is written with its number of bytes', async (_, body, text) => {
    expect(await written(body)).toMatchObject({ text, bytes: Buffer.byteLength(text) });
  });

  test('has one value for each header, and cookies apart', async () => {
    const { head } = await written('', { vary: ['Origin', 'Accept'], 'set-cookie': ['a=1', 'b=2'] });
    expect(head).toEqual({ statusCode: 200, headers: { vary: 'Origin, Accept' }, cookies: ['a=1', 'b=2'] });
  });

  test('is read no faster than it is taken, and no longer than the client stays', async () => {
    let read = 0;
    async function* endless() {
      for (;;) yield Buffer.alloc(64 * 1024, String(read++));
    }
    const stream = new PassThrough();
    const done = writeResponse(stream, { status: 200, headers: {}, body: endless() });
    await new Promise(setImmediate);
    const before = read;
    await new Promise(setImmediate);
    expect(read).toBe(before);
    stream.destroy();
    expect(await done).toBe(read * 64 * 1024);
  });

  test('whose chunks fail rejects, so that the connection is broken', async () => {
    async function* broken() {
      yield 'a';
      throw new Error('broken');
    }
    const stream = new PassThrough();
    await expect(writeResponse(stream, { status: 200, headers: {}, body: broken() })).rejects.toThrow('broken');
    expect(stream.writableEnded).toBe(false);
  });
});
