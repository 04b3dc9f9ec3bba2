import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readListingRows } from './listing-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'listing-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER =
  'id,name,host_id,host_name,neighbourhood_group,neighbourhood,latitude,longitude,room_type,price,minimum_nights';
const row = (id: number, name: string, price = '80') =>
  `${id},${name},7,Ann,Brooklyn,Kensington,40.6,-73.9,Private room,${price},2`;

/** Returns titles of valid rows, reasons of invalid ones, and the error that ends the file. */
async function readFrom(...lines: string[]): Promise<string[]> {
  const file = join(folder, 'listings.csv');
  writeFileSync(file, lines.join('\n'));
  const read: string[] = [];
  try {
    for await (const found of readListingRows(file))
      read.push('reason' in found ? `${found.line}: ${found.reason}` : `${found.line}: ${found.listing.title}`);
  } catch (error) {
    read.push((error as Error).message.replace(file, 'FILE'));
  }
  return read;
}

test('rows are identified by their first line', async () => {
  const lines = await readFrom(HEADER, row(1, '"Two\nlines"'), row(2, 'Plain'), row(3, 'A 12" wall'));
  expect(lines).toEqual(['2: Two\nlines', '4: Plain', '5: A 12" wall']);
});

test.each([
  [row(1, 'Cheap', 'about $80'), '2: price is not a number: "about $80"'],
  [row(1, 'Long', `"a\nb${'c'.repeat(99)}"`), `2: price is not a number: "a\\nb${'c'.repeat(37)}…"`],
  [row(1, ''), '2: name is missing'],
  ['1,2,3', '2: the row has 3 columns, not 11'],
])('an invalid row has a one-line reason: %j', async (bad, reason) => {
  expect(await readFrom(HEADER, bad, row(2, 'Good'))).toContain(reason);
});

test('an unclosed quote is reported for its row, after the rows before it', async () => {
  const end = 'line 3: a quote in this row is never closed';
  expect(await readFrom(HEADER, row(1, 'Good'), row(2, '"Open'), row(3, 'Lost'))).toEqual(['2: Good', end]);
  const many = Array.from({ length: 5_000 }, (_, i) => row(i, 'Lost'));
  expect(await readFrom(HEADER, row(1, 'Good'), row(2, '"Open'), ...many)).toEqual(['2: Good', end]);
});

test('a file without the columns is rejected', async () => {
  expect(await readFrom('id,name', '1,a')).toEqual([
    expect.stringMatching(/^FILE is not a listings file: its header lacks the columns host_id, /),
  ]);
});
