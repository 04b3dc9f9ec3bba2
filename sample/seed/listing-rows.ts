import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import type { BadRow } from '../../operator/graph-data.ts';

/** A row of a listings file that can be sent to the services. */
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

/** Thrown at a row after which nothing of the file can be read. */
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

const ROOM_TYPES: Record<string, { type: string; words: string }> = {
  'Entire home/apt': { type: 'ENTIRE_HOME', words: 'A whole home' },
  'Private room': { type: 'PRIVATE_ROOM', words: 'A private room' },
  'Shared room': { type: 'SHARED_ROOM', words: 'A shared room' },
};

const AMENITY_SETS = [
  ['wifi', 'kitchen', 'heating', 'smokealarm'],
  ['wifi', 'workspace', 'heating', 'airconditioning'],
  ['wifi', 'kitchen', 'washer', 'tv', 'balcony'],
  ['wifi', 'kitchen', 'lift', 'firstaid', 'rooftop'],
  ['wifi', 'parking', 'garden', 'kitchen', 'smokealarm'],
];

/** A row of more characters is none: a quote was not closed. */
const MAX_ROW = 100_000;
/** Characters of a value that are shown. */
const SHOWN = 40;

/**
 * Reads a listings file, CSV with a header, row by row. Throws an UnreadableRow where it is CSV no longer, and an error if it
 * is no listings file.
 */
export async function* readListingRows(file: string): AsyncGenerator<ListingRow | BadRow> {
  const options = { info: true, bom: true, relax_column_count: true, relax_quotes: true, max_record_size: MAX_ROW };
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
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE')
    return 'a quote that opens in this row is never closed';
  return `it is not CSV: ${message}`;
}

/** How many rows a file has at most, counted by lines: for a progress bar. */
export async function countLines(file: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(file)) for (const byte of chunk as Buffer) if (byte === 10) lines++;
  return Math.max(0, lines - 1);
}

function checkedHeader(header: string[], file: string): string[] {
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length === 0) return header;
  throw new Error(`${file} is not a listings file: its first line lacks the columns ${missing.join(', ')}.`);
}

function toRow(header: string[], values: string[], line: number): ListingRow | BadRow {
  if (values.length !== header.length) return { line, reason: `it has ${values.length} columns, not ${header.length}` };
  const row = Object.fromEntries(header.map((column, i) => [column, values[i]?.trim() ?? ''])) as Row;
  const missing = COLUMNS.find((column) => row[column] === '');
  if (missing) return { line, reason: `${missing} is missing` };
  const notNumber = (['id', 'latitude', 'longitude', 'price', 'minimum_nights'] as const).find((c) =>
    Number.isNaN(Number(row[c])),
  );
  if (notNumber) return { line, reason: `${notNumber} is not a number: ${quoted(row[notNumber])}` };
  if (!ROOM_TYPES[row.room_type]) return { line, reason: `room_type is none that is known: ${quoted(row.room_type)}` };
  return { line, listing: listingFrom(row), host: hostFrom(row) };
}

/** A value in one line, no longer than can be read. */
function quoted(value: string): string {
  return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
}

function listingFrom(row: Row): ListingRow['listing'] {
  const { type = '', words = '' } = ROOM_TYPES[row.room_type] ?? {};
  const id = Number(row.id);
  return {
    id: row.id,
    hostId: row.host_id,
    title: row.name,
    description: `${words} in ${row.neighbourhood}, ${row.neighbourhood_group}, with ${row.host_name} as the host.`,
    roomType: type,
    borough: row.neighbourhood_group,
    neighbourhood: row.neighbourhood,
    location: { latitude: Number(row.latitude), longitude: Number(row.longitude) },
    nightlyPrice: { amount: Math.round(Number(row.price) * 100), currency: 'USD' },
    minimumNights: Math.round(Number(row.minimum_nights)),
    amenities: AMENITY_SETS[id % AMENITY_SETS.length] ?? [],
    listedAt: momentOf(id, LAST_LISTING_ID),
  };
}

function hostFrom({ host_id, host_name }: Row): ListingRow['host'] {
  return {
    id: host_id,
    name: host_name.slice(0, 100),
    email: `host-${host_id}@example.com`,
    role: 'HOST',
    about: `${host_name} welcomes guests in New York City.`,
    memberSince: momentOf(Number(host_id), LAST_HOST_ID),
  };
}

const LAST_LISTING_ID = 36_500_000;
const LAST_HOST_ID = 274_500_000;
const FIRST_DAY = Date.UTC(2008, 7, 1);
const LAST_DAY = Date.UTC(2019, 6, 8);

/** The data has no dates of sign-up, but ids were given in order of time: the date that an id stands for. */
function momentOf(id: number, lastId: number): string {
  return new Date(FIRST_DAY + Math.min(1, id / lastId) * (LAST_DAY - FIRST_DAY)).toISOString();
}
