import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import type { BadRow } from '../../operator/graph-data.ts';

/** A valid row of a listings file. */
export interface ListingRow {
  /** Line in the file, from 1. */
  line: number;
  /** `ImportedListing` of the listings service. */
  listing: {
    id: string;
    hostId: string;
    roomType: string;
    nightlyPrice: { amount: number; currency: string };
    minimumNights: number;
  } & Record<string, unknown>;
  /** `ImportedUser` of the accounts service. */
  host: { id: string; name: string; email: string; role: 'HOST'; about: string; memberSince: string };
}

/** Thrown for a row after which the file cannot be parsed. */
export class UnreadableRow extends Error {
  readonly row: BadRow;

  constructor(row: BadRow) {
    super(`line ${row.line}: ${row.reason}`);
    this.row = row;
  }
}

const COLUMNS = [
  'id',
  'name',
  'host_id',
  'host_name',
  'neighbourhood_group',
  'neighbourhood',
  'latitude',
  'longitude',
  'room_type',
  'price',
  'minimum_nights',
] as const;

type Row = Record<(typeof COLUMNS)[number], string>;

const ROOM_TYPES: Record<string, { type: string; description: string }> = {
  'Entire home/apt': { type: 'ENTIRE_HOME', description: 'A whole home' },
  'Private room': { type: 'PRIVATE_ROOM', description: 'A private room' },
  'Shared room': { type: 'SHARED_ROOM', description: 'A shared room' },
};

const AMENITY_SETS = [
  ['wifi', 'kitchen', 'heating', 'smokealarm'],
  ['wifi', 'workspace', 'heating', 'airconditioning'],
  ['wifi', 'kitchen', 'washer', 'tv', 'balcony'],
  ['wifi', 'kitchen', 'lift', 'firstaid', 'rooftop'],
  ['wifi', 'parking', 'garden', 'kitchen', 'smokealarm'],
];

/** Maximum characters of a row. A longer one has an unclosed quote. */
const MAX_ROW_LENGTH = 100_000;
/** Maximum characters of a value in a message. */
const MAX_QUOTED_LENGTH = 40;

/**
 * Yields the rows of a listings file, a CSV file with a header. Throws an `UnreadableRow` for a CSV syntax error, and an error
 * if columns are missing.
 */
export async function* readListingRows(file: string): AsyncGenerator<ListingRow | BadRow> {
  const options = {
    info: true,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_ROW_LENGTH,
  };
  const parser = createReadStream(file).pipe(parse(options));
  let header: string[] | undefined;
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (header) yield toRow(header, record, line);
      else header = checkedHeader(record, file);
      line = info.lines + 1;
    }
  } catch (error) {
    throw error instanceof CsvError ? new UnreadableRow({ line, reason: reasonOf(error) }) : error;
  }
  if (!header) throw new Error(`${file} is empty.`);
}

function reasonOf({ code, message }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE') return 'a quote in this row is never closed';
  return `invalid CSV: ${message}`;
}

/** Returns the number of lines without the header: the maximum number of rows, for a progress bar. */
export async function countLines(file: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(file)) for (const byte of chunk as Buffer) if (byte === 10) lines++;
  return Math.max(0, lines - 1);
}

function checkedHeader(header: string[], file: string): string[] {
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length === 0) return header;
  throw new Error(`${file} is not a listings file: its header lacks the columns ${missing.join(', ')}.`);
}

function toRow(header: string[], values: string[], line: number): ListingRow | BadRow {
  if (values.length !== header.length)
    return { line, reason: `the row has ${values.length} columns, not ${header.length}` };
  const row = Object.fromEntries(header.map((column, i) => [column, values[i]?.trim() ?? ''])) as Row;
  const missing = COLUMNS.find((column) => row[column] === '');
  if (missing) return { line, reason: `${missing} is missing` };
  const notNumber = (['id', 'latitude', 'longitude', 'price', 'minimum_nights'] as const).find((c) =>
    Number.isNaN(Number(row[c])),
  );
  if (notNumber) return { line, reason: `${notNumber} is not a number: ${quoted(row[notNumber])}` };
  if (!ROOM_TYPES[row.room_type]) return { line, reason: `unknown room_type: ${quoted(row.room_type)}` };
  return { line, listing: listingFrom(row), host: hostFrom(row) };
}

/** Quotes a value on one line, truncated. */
function quoted(value: string): string {
  return JSON.stringify(value.length > MAX_QUOTED_LENGTH ? `${value.slice(0, MAX_QUOTED_LENGTH)}…` : value);
}

function listingFrom(row: Row): ListingRow['listing'] {
  const { type = '', description = '' } = ROOM_TYPES[row.room_type] ?? {};
  const id = Number(row.id);
  return {
    id: row.id,
    hostId: row.host_id,
    title: row.name,
    description: `${description} in ${row.neighbourhood}, ${row.neighbourhood_group}, hosted by ${row.host_name}.`,
    roomType: type,
    borough: row.neighbourhood_group,
    neighbourhood: row.neighbourhood,
    location: { latitude: Number(row.latitude), longitude: Number(row.longitude) },
    nightlyPrice: { amount: Math.round(Number(row.price) * 100), currency: 'USD' },
    minimumNights: Math.round(Number(row.minimum_nights)),
    amenities: AMENITY_SETS[id % AMENITY_SETS.length] ?? [],
    listedAt: estimatedDate(id, LAST_LISTING_ID),
  };
}

function hostFrom({ host_id, host_name }: Row): ListingRow['host'] {
  return {
    id: host_id,
    name: host_name.slice(0, 100),
    email: `host-${host_id}@example.com`,
    role: 'HOST',
    about: `${host_name} welcomes guests in New York City.`,
    memberSince: estimatedDate(Number(host_id), LAST_HOST_ID),
  };
}

const LAST_LISTING_ID = 36_500_000;
const LAST_HOST_ID = 274_500_000;
const FIRST_DAY = Date.UTC(2008, 7, 1);
const LAST_DAY = Date.UTC(2019, 6, 8);

/** Estimates a date from an id, since the data has no dates but ascending ids. */
function estimatedDate(id: number, lastId: number): string {
  return new Date(FIRST_DAY + Math.min(1, id / lastId) * (LAST_DAY - FIRST_DAY)).toISOString();
}
