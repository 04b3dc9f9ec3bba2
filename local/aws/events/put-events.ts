import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-service.ts';
import { busEvent } from './bus-event.ts';
import type { EventBuses } from './event-bus.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1024;
/** Bytes that EventBridge counts for a time, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
const TIME_BYTES = 14;
const MILLISECONDS = 1_000;

/** An entry before validation. */
interface Entry {
  Source?: unknown;
  DetailType?: unknown;
  Detail?: unknown;
  EventBusName?: unknown;
  Resources?: unknown;
  /** Epoch seconds. */
  Time?: unknown;
  TraceHeader?: unknown;
}

/** Invalid entry, with AWS's error code. */
class EntryRefused extends Error {
  override name = 'EntryRefused';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Returns the bus name of each entry; a caller needs permission for each. */
export function busNamesOf({ Entries }: Record<string, unknown>): string[] {
  return entriesOf(Entries).map(busNameOf);
}

/** EventBridge's PutEvents: accepts valid entries and returns an error for each invalid one. */
export function putEvents(buses: EventBuses, { Entries }: Record<string, unknown>): object {
  const entries = entriesOf(Entries);
  if (entries.length < 1 || entries.length > MAX_ENTRIES) {
    const message = `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length from 1 to ${MAX_ENTRIES}`;
    throw new AwsError('ValidationException', message);
  }
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > MAX_BYTES)
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  const results = entries.map((entry) => put(buses, entry));
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
}

function put(buses: EventBuses, entry: Entry): object {
  const id = randomUUID();
  try {
    const bus = buses.find(busNameOf(entry));
    if (!bus) throw new EntryRefused('ResourceNotFoundException', `Event bus ${busNameOf(entry)} does not exist.`);
    const traceHeader = typeof entry.TraceHeader === 'string' ? entry.TraceHeader : undefined;
    buses.put(bus.name, busEvent({ id, ...eventInput(entry) }), traceHeader);
    return { EventId: id };
  } catch (error) {
    if (!(error instanceof EntryRefused)) throw error;
    return { ErrorCode: error.code, ErrorMessage: error.message };
  }
}

function eventInput({ Source, DetailType, Detail, Resources, Time }: Entry) {
  const source = required('Source', Source);
  if (source.startsWith('aws.'))
    throw new EntryRefused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  return {
    source,
    'detail-type': required('DetailType', DetailType),
    detail: detailOf(required('Detail', Detail)),
    resources: Array.isArray(Resources) ? Resources.map(String) : [],
    time: typeof Time === 'number' ? new Date(Time * MILLISECONDS) : new Date(),
  };
}

function required(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new EntryRefused('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
}

function detailOf(json: string): object {
  try {
    const detail: unknown = JSON.parse(json);
    if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return detail;
  } catch {
    // Same error as for JSON that is not an object.
  }
  throw new EntryRefused('MalformedDetail', 'Detail is malformed.');
}

function sizeOf({ Source, DetailType, Detail, Resources, Time }: Entry): number {
  const texts = [Source, DetailType, Detail, ...(Array.isArray(Resources) ? Resources : [])];
  const bytes = texts.map((text) => (typeof text === 'string' ? Buffer.byteLength(text) : 0));
  return bytes.reduce((sum, each) => sum + each, Time === undefined ? 0 : TIME_BYTES);
}

function entriesOf(value: unknown): Entry[] {
  return Array.isArray(value)
    ? value.filter((entry): entry is Entry => typeof entry === 'object' && entry !== null)
    : [];
}

function busNameOf({ EventBusName }: Entry): string {
  return typeof EventBusName === 'string' ? EventBusName : 'default';
}
