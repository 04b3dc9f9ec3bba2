import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** Signatures and sizes of https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
const END = 0x06054b50;
const END_SIZE = 22;
const ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL_HEADER_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;

/** Extracts a zip archive into a folder. Throws if it is no archive, or if an entry is outside of the folder. */
export function unzip(archive: Buffer, folder: string): void {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.length - end < END_SIZE || archive.readUInt32LE(end) !== END)
    throw new Error('Could not unzip uploaded file. Please check your file, then try to upload again.');
  let position = archive.readUInt32LE(end + 16);
  for (let entries = archive.readUInt16LE(end + 10); entries > 0; entries--) {
    if (archive.readUInt32LE(position) !== ENTRY) throw new Error('The archive is damaged.');
    const nameLength = archive.readUInt16LE(position + 28);
    const name = archive.toString('utf8', position + ENTRY_SIZE, position + ENTRY_SIZE + nameLength);
    if (!name.endsWith('/')) extract(archive, position, target(folder, name));
    position += ENTRY_SIZE + nameLength + archive.readUInt16LE(position + 30) + archive.readUInt16LE(position + 32);
  }
}

function target(folder: string, name: string): string {
  const path = normalize(name);
  if (path.startsWith('..') || path.startsWith('/')) throw new Error(`The archive has a file outside of it: ${name}`);
  return join(folder, path);
}

function extract(archive: Buffer, entry: number, file: string): void {
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const header = archive.readUInt32LE(entry + 42);
  const start = header + LOCAL_HEADER_SIZE + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const content = archive.subarray(start, start + size);
  if (method !== STORED && method !== DEFLATED) throw new Error(`The archive uses the unknown method ${method}.`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, method === DEFLATED ? inflateRawSync(content) : content);
}
