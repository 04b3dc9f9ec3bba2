import { Readable } from 'node:stream';
import {
  brotliDecompressSync,
  createBrotliDecompress,
  createGunzip,
  createZstdDecompress,
  gunzipSync,
  zstdDecompressSync,
} from 'node:zlib';
import { compressed, contentCoding } from './compression.ts';
import type { HttpResponse, ResponseBody } from './http-message.ts';

test.each([
  [undefined, undefined],
  ['', undefined],
  ['identity', undefined],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['br', 'br'],
  ['zstd', 'zstd'],
  ['deflate', undefined],
  ['compress, x', undefined],
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate, br', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['zstd;q=0.1, br;q=0.2, gzip;q=0.3', 'gzip'],
  ['gzip;q=0', undefined],
  ['gzip;q=0, *', 'zstd'],
  ['*', 'zstd'],
  ['*;q=0', undefined],
  ['zstd;q=0, *;q=0.5', 'br'],
  ['identity;q=0.5, gzip', 'gzip'],
  ['identity, gzip;q=0.5', undefined],
  ['identity;q=0', undefined],
  ['gzip;q=x', undefined],
  [';;,,q=1', undefined],
])('a client that accepts "%s" gets the coding %s', (header, expected) => {
  expect(contentCoding(header)).toBe(expected);
});

const LONG = 'é'.repeat(600);
const response = (body: ResponseBody, headers: HttpResponse['headers'] = {}): HttpResponse => ({
  status: 200,
  headers,
  body,
});
async function* chunksOf(...chunks: (string | Uint8Array)[]) {
  yield* chunks;
}

describe.each([
  ['gzip', gunzipSync, createGunzip],
  ['br', brotliDecompressSync, createBrotliDecompress],
  ['zstd', zstdDecompressSync, createZstdDecompress],
] as const)('with %s', (coding, decode, createDecoder) => {
  test.each<[string, ResponseBody]>([
    ['text', LONG],
    ['bytes', Buffer.from(LONG)],
  ])('a response of %s is compressed whole', async (_, body) => {
    const { headers, ...rest } = await compressed(response(body), coding);
    expect(headers).toEqual({ 'content-encoding': coding, vary: 'Accept-Encoding' });
    expect(decode(rest.body as Buffer).toString()).toBe(LONG);
  });

  test('the first chunk can be read before there is a second', async () => {
    let release = () => {};
    const second = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* chunks() {
      yield 'first';
      await second;
      yield 'second';
    }
    const { body } = await compressed(response(chunks()), coding);
    const decoder = createDecoder();
    const text = decoder.setEncoding('utf8')[Symbol.asyncIterator]();
    const encoded = (async () => {
      for await (const chunk of body as AsyncIterable<Buffer>) decoder.write(chunk);
      decoder.end();
    })();
    expect((await text.next()).value).toBe('first');
    release();
    expect((await text.next()).value).toBe('second');
    await encoded;
    expect((await text.next()).done).toBe(true);
  });

  test('an error of the chunks ends the body', async () => {
    async function* broken() {
      yield LONG;
      throw new Error('broken');
    }
    const { body } = await compressed(response(broken()), coding);
    await expect(Readable.from(body).toArray()).rejects.toThrow('broken');
  });

  test('a reader who leaves ends the chunks', async () => {
    let ended = () => {};
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    async function* endless() {
      try {
        for (;;) yield LONG;
      } finally {
        ended();
      }
    }
    const { body } = await compressed(response(endless()), coding);
    for await (const _ of body as AsyncIterable<Buffer>) break;
    await end;
  });
});

test('a short response is not compressed', async () => {
  const short = response('x'.repeat(1_000));
  expect(await compressed(short, 'gzip')).toBe(short);
});

test('a response that could be compressed varies, also for a client that accepts no coding', async () => {
  const { headers, body } = await compressed(response(LONG, { vary: 'Accept' }), undefined);
  expect([headers, body]).toEqual([{ vary: 'Accept, Accept-Encoding' }, LONG]);
});

test('an empty stream of chunks is a valid body', async () => {
  const { body } = await compressed(response(chunksOf()), 'gzip');
  expect(gunzipSync(Buffer.concat(await Readable.from(body).toArray())).length).toBe(0);
});
