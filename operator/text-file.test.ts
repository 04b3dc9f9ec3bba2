import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTextFile } from './text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'text-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

function writeTemp(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Longer than a stream chunk, so that a character is split between chunks. */
const LONG_TEXT = `x${'é'.repeat(70_000)}`;

test.each([
  ['text', 'id,name\n1,a\n'],
  ['text with a byte order mark', '\ufeffid,name\n'],
  ['long non-ASCII text', LONG_TEXT],
])('accepts %s', async (name, content) => {
  await expect(checkTextFile(writeTemp(name, content))).resolves.toBeUndefined();
});

test.each([
  ['an empty file', '', 'is empty.'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), 'is a binary file, or not in UTF-8: name a text file.'],
  ['Latin 1', Buffer.from('caf\u00e9\n', 'latin1'), 'is a binary file, or not in UTF-8: name a text file.'],
  ['a zero at the end', Buffer.from(`${LONG_TEXT}\0`), 'is a binary file, or not in UTF-8: name a text file.'],
  ['a truncated character', Buffer.from('é').subarray(0, 1), 'is a binary file, or not in UTF-8: name a text file.'],
])('rejects %s with a one-line message', async (name, content, message) => {
  const file = writeTemp(name, content);
  await expect(checkTextFile(file)).rejects.toThrow(`${file} ${message}`);
});

test('rejects a folder and a missing file, naming them', async () => {
  const inner = join(folder, 'inner');
  mkdirSync(inner);
  await expect(checkTextFile(inner)).rejects.toThrow(`${inner} is a folder: name a file in it.`);
  await expect(checkTextFile(join(folder, 'none'))).rejects.toThrow(`There is no file ${join(folder, 'none')}.`);
});
