import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTextFile } from './text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'text-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Longer than one chunk of a stream, so that characters are cut in two. */
const LONG_TEXT = `x${'é'.repeat(70_000)}`;

test.each([
  ['text', 'id,name\n1,a\n'],
  ['text with a byte order mark', '\ufeffid,name\n'],
  ['long text of other letters', LONG_TEXT],
])('%s is taken', async (name, content) => {
  await expect(checkTextFile(written(name, content))).resolves.toBeUndefined();
});

test.each([
  ['nothing', '', 'is empty.'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), 'is a binary file, or not in UTF-8: name a text file.'],
  ['Latin 1', Buffer.from('caf\u00e9\n', 'latin1'), 'is a binary file, or not in UTF-8: name a text file.'],
  ['a zero at the end', Buffer.from(`${LONG_TEXT}\0`), 'is a binary file, or not in UTF-8: name a text file.'],
  ['a character cut off', Buffer.from('é').subarray(0, 1), 'is a binary file, or not in UTF-8: name a text file.'],
])('%s is refused in one line', async (name, content, message) => {
  const file = written(name, content);
  await expect(checkTextFile(file)).rejects.toThrow(`${file} ${message}`);
});

test('a folder, and a file that is not there, are named', async () => {
  const inner = join(folder, 'inner');
  mkdirSync(inner);
  await expect(checkTextFile(inner)).rejects.toThrow(`${inner} is a folder: name a file in it.`);
  await expect(checkTextFile(join(folder, 'none'))).rejects.toThrow(`There is no file ${join(folder, 'none')}.`);
});
