import { AsyncLocalStorage } from 'node:async_hooks';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { OUTBOX } from '../events/outbox.ts';
import { monotonicNow } from '../monotonic-clock.ts';
import type { TableCall } from '../telemetry/explanation.ts';
import { extendClients } from './client-extension.ts';

/** What an invocation did with its tables. */
export interface TableRecord {
  /** `monotonicNow()` at its start. */
  began: number;
  tables: TableCall[];
  /** Types of the events that it wrote to its outbox. */
  events: string[];
}

/** As the document client has it. */
type Item = Record<string, unknown>;
type Keyed<T> = Record<string, T>;

/** Members of DynamoDB's requests and responses that are recorded. */
interface Input {
  TableName?: string;
  IndexName?: string;
  Item?: Item;
  RequestItems?: Keyed<{ PutRequest?: { Item?: Item } }[]>;
  TransactItems?: Keyed<{ TableName?: string; Item?: Item }>[];
}

interface Output {
  Item?: Item;
  Count?: number;
  Responses?: Keyed<Item[]> | { Item?: Item }[];
  UnprocessedItems?: Keyed<unknown[]>;
  ConsumedCapacity?: Capacity | Capacity[];
  $metadata: { attempts?: number };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html */
interface Capacity {
  CapacityUnits?: number;
  /** Only in responses to transactions. */
  ReadCapacityUnits?: number;
  WriteCapacityUnits?: number;
}

interface Action {
  isWrite: boolean;
  /** Returns the number of items read or written. */
  items: (input: Input, output: Output) => number;
}

const lengths = (lists: Keyed<unknown[]> = {}) => Object.values(lists).reduce((sum, { length }) => sum + length, 0);

const WRITE_ONE: Action = { isWrite: true, items: () => 1 };
const READ_PAGE: Action = { isWrite: false, items: (_, { Count = 0 }) => Count };

const ACTIONS: Record<string, Action> = {
  GetItem: { isWrite: false, items: (_, { Item }) => Number(Item !== undefined) },
  BatchGetItem: { isWrite: false, items: (_, { Responses }) => lengths(Responses as Keyed<Item[]>) },
  TransactGetItems: {
    isWrite: false,
    items: (_, { Responses }) => (Responses as { Item?: Item }[]).filter(({ Item }) => Item).length,
  },
  Query: READ_PAGE,
  Scan: READ_PAGE,
  PutItem: WRITE_ONE,
  UpdateItem: WRITE_ONE,
  DeleteItem: WRITE_ONE,
  BatchWriteItem: {
    isWrite: true,
    items: ({ RequestItems }, { UnprocessedItems }) => lengths(RequestItems) - lengths(UnprocessedItems),
  },
  TransactWriteItems: { isWrite: true, items: ({ TransactItems = [] }) => TransactItems.length },
};

const current = new AsyncLocalStorage<TableRecord>();
let isInstalled = false;

/** Runs work, and records its DynamoDB requests and the events that they write. */
export function recordTableCalls<T>(record: TableRecord, work: () => Promise<T>): Promise<T> {
  if (!isInstalled) extendClients(addRecorder);
  isInstalled = true;
  return current.run(record, work);
}

function addRecorder(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const record = current.getStore();
        const name = commandName.replace(/Command$/, '');
        const action = ACTIONS[name];
        if (!record || !action) return next(args);
        const input = args.input as Input;
        const call = newCall(name, input, record);
        record.tables.push(call);
        try {
          const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
          const output = result.output as unknown as Output;
          Object.assign(call, unitsOf(output, action), { items: action.items(input, output) });
          noteAttempts(call, output);
          if (action.isWrite) record.events.push(...eventTypes(input));
          return result;
        } catch (error) {
          call.error = (error as Error).name;
          noteAttempts(call, error as Partial<Output>);
          throw error;
        } finally {
          call.ended = monotonicNow() - record.began;
        }
      },
    { step: 'serialize', priority: 'high', name: 'recordTableCalls' },
  );
}

function newCall(action: string, input: Input, { began }: TableRecord): TableCall {
  const { IndexName } = input;
  const now = monotonicNow() - began;
  return {
    table: tablesOf(input).join(', '),
    ...(IndexName && { index: IndexName }),
    action,
    began: now,
    ended: now,
    readUnits: 0,
    writeUnits: 0,
    items: 0,
  };
}

function tablesOf({ TableName, RequestItems, TransactItems = [] }: Input): string[] {
  if (TableName) return [TableName];
  if (RequestItems) return Object.keys(RequestItems);
  const names = TransactItems.flatMap((each) => Object.values(each).map(({ TableName: name = '' }) => name));
  return [...new Set(names)];
}

function unitsOf({ ConsumedCapacity = [] }: Output, { isWrite }: Action): Pick<TableCall, 'readUnits' | 'writeUnits'> {
  const units = { readUnits: 0, writeUnits: 0 };
  for (const { CapacityUnits = 0, ReadCapacityUnits, WriteCapacityUnits } of [ConsumedCapacity].flat()) {
    const isSplit = ReadCapacityUnits !== undefined || WriteCapacityUnits !== undefined;
    units.readUnits += ReadCapacityUnits ?? (isSplit || isWrite ? 0 : CapacityUnits);
    units.writeUnits += WriteCapacityUnits ?? (isSplit || !isWrite ? 0 : CapacityUnits);
  }
  return units;
}

function noteAttempts(call: TableCall, { $metadata: { attempts = 1 } = {} }: Partial<Output>): void {
  if (attempts > 1) call.attempts = attempts;
}

function eventTypes({ Item, RequestItems = {}, TransactItems = [] }: Input): string[] {
  const written = [
    Item,
    ...Object.values(RequestItems).flatMap((writes) => writes.map(({ PutRequest }) => PutRequest?.Item)),
    ...TransactItems.map(({ Put }) => Put?.Item),
  ];
  return written.flatMap((item) => {
    const event = item?.[OUTBOX];
    return typeof event === 'string' ? [(JSON.parse(event) as { type: string }).type] : [];
  });
}
