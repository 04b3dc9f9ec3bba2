import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { ObjectStore } from './object-store.ts';
import { S3Api } from './s3-api.ts';

const directory = mkdtempSync(join(tmpdir(), 's3-'));
afterAll(() => rmSync(directory, { recursive: true }));

const store = new ObjectStore(directory);
const api = new S3Api(store);

async function call(method: string, url: string, body: string | Buffer = '') {
  const response = await api.handle({ method, url, headers: {}, body: Buffer.from(body) });
  return { status: response?.status, headers: response?.headers ?? {}, text: String(response?.body) };
}

/** Returns a zip archive of one file. */
function zip(name: string, content: string, method: 0 | 8): Buffer {
  const data = method === 8 ? deflateRawSync(content) : Buffer.from(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt32LE(data.length, 20);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length + name.length + data.length, 16);
  return Buffer.concat([local, Buffer.from(name), data, entry, Buffer.from(name), end]);
}

test('objects are put, listed by prefix, and read', async () => {
  expect((await call('PUT', '/assets/one.json', '{}')).headers.etag).toBe('"99914b932bd37a50b983c5e7c90ae93b"');
  await call('PUT', '/assets/two.json', '[]');
  expect((await call('GET', '/assets/one.json')).text).toBe('{}');
  const list = await call('GET', '/assets/?list-type=2&prefix=one');
  expect(list.text).toContain('<KeyCount>1</KeyCount>');
  expect(list.text).toContain('<Key>one.json</Key>');
  await expect(call('GET', '/assets/none')).rejects.toThrow('The specified key does not exist.');
});

test('an upload in parts becomes one object', async () => {
  const { text } = await call('POST', '/assets/large?uploads');
  const [, id] = /<UploadId>([^<]+)/.exec(text) ?? [];
  await call('PUT', `/assets/large?partNumber=2&uploadId=${id}`, 'end');
  await call('PUT', `/assets/large?partNumber=1&uploadId=${id}`, 'start and ');
  await call('POST', `/assets/large?uploadId=${id}`);
  expect(store.get('large')?.toString()).toBe('start and end');
});

test.each([0, 8] as const)('an archive becomes a folder, with compression method %i', (method) => {
  store.put(`code-${method}.zip`, zip('src/index.js', 'exports.a = 1', method));
  const folder = store.folderOf(`code-${method}.zip`);
  expect(readFileSync(join(folder, 'src/index.js'), 'utf8')).toBe('exports.a = 1');
});

test('an archive cannot write outside of its folder; what is no archive, or absent, is an error', () => {
  store.put('evil.zip', zip('../../evil', 'x', 0));
  expect(() => store.folderOf('evil.zip')).toThrow('The archive has a file outside of it: ../../evil');
  expect(existsSync(join(directory, 'evil'))).toBe(false);
  store.put('text.zip', Buffer.from('no archive'));
  expect(() => store.folderOf('text.zip')).toThrow('Could not unzip uploaded file.');
  expect(() => store.folderOf('absent.zip')).toThrow('The asset absent.zip is not in the bucket: publish it first.');
});
