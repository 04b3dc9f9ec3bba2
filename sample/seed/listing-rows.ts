import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

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

/** A row that cannot be used. */
export interface BadRow {
  line: number;
  reason: string;
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

/** Reads a listings file, CSV with a header, row by row. Throws if the file is not one. */
export async function* readListingRows(file: string): AsyncGenerator<ListingRow | BadRow> {
  const parser = createReadStream(file).pipe(parse({ info: true, bom: true, relax_column_count: true }));
  let header: string[] | undefined;
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    if (header) yield toRow(header, record, info.lines);
    else header = checkedHeader(record, file);
  }
  if (!header) throw new Error(`${file} is empty.`);
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
  if (notNumber) return { line, reason: `${notNumber} is not a number: "${row[notNumber]}"` };
  if (!ROOM_TYPES[row.room_type]) return { line, reason: `room_type is none that is known: "${row.room_type}"` };
  return { line, listing: listingFrom(row), host: hostFrom(row) };
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
