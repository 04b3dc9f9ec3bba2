import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeArchiveCommand,
  DescribeReplayCommand,
  EventBridgeClient,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { BatchWriteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { chunksOf, type Item } from '#platform/dynamodb/batch-read.ts';
import type { SystemModel } from '../local/assembly/model.ts';
import type { Connection } from './connection.ts';

/** Resources for rebuilding a service: its table, its event rules and the archive. */
export interface RebuildPlan {
  table: string;
  /** Names of the table's key attributes. */
  key: string[];
  busArn: string;
  archive: { name: string; arn: string };
  /** ARNs. */
  rules: string[];
}

export interface RebuildProgress {
  /** State of the EventBridge replay. */
  state: string;
  /** Time of the last replayed event. */
  reached: Date | undefined;
}

const WRITES_PER_CALL = 25;
const POLL_MS = 200;
/** Later than any event, even with a shifted clock. */
const END_OF_TIME = new Date('9000-01-01T00:00:00Z');

/** Finds a service's table, rules and archive in the system model; throws if any is missing. */
export function rebuildPlan(model: SystemModel, service: string): RebuildPlan {
  const consumer = model.functions.find(({ name }) => name.endsWith(`-${service}-consumer`));
  const rules = model.rules.filter(({ targets }) =>
    targets.some(({ functionName }) => functionName === consumer?.name),
  );
  const table = model.tables.find(({ name }) => name === consumer?.environment.TABLE_NAME);
  const bus = model.buses.find(({ name }) => name === rules[0]?.busName);
  const archive = model.archives.find(({ busName }) => busName === bus?.name);
  if (!table || !bus || !archive) throw new Error(`The running system has no archive that feeds ${service}.`);
  return {
    table: table.name,
    key: (table.create.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName),
    busArn: bus.arn,
    archive,
    rules: rules.map(({ arn }) => arn),
  };
}

/** Deletes all items of a table; returns their number. */
export async function emptyTable({ aws }: Pick<Connection, 'aws'>, { table, key }: RebuildPlan): Promise<number> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(aws));
  const names = Object.fromEntries(key.map((name, i) => [`#k${i}`, name]));
  const query = {
    TableName: table,
    ProjectionExpression: Object.keys(names).join(', '),
    ExpressionAttributeNames: names,
  };
  let deleted = 0;
  for await (const { Items = [] } of paginateScan({ client }, query)) {
    for (const keys of chunksOf(WRITES_PER_CALL, Items)) await deleteAll(client, table, keys);
    deleted += Items.length;
  }
  return deleted;
}

async function deleteAll(client: DynamoDBDocumentClient, table: string, keys: Item[]): Promise<void> {
  let remaining = keys.map((Key) => ({ DeleteRequest: { Key } }));
  while (remaining.length > 0) {
    const { UnprocessedItems = {} } = await client.send(
      new BatchWriteCommand({ RequestItems: { [table]: remaining } }),
    );
    remaining = (UnprocessedItems[table] ?? []).flatMap(({ DeleteRequest }) =>
      DeleteRequest?.Key ? [{ DeleteRequest: { Key: DeleteRequest.Key } }] : [],
    );
  }
}

/** Replays all archived events to a service's rules and waits for completion; returns the number of archived events. */
export async function replayArchive(
  { aws }: Pick<Connection, 'aws'>,
  { archive, busArn, rules }: RebuildPlan,
  onProgress: (progress: RebuildProgress) => void,
): Promise<number> {
  const client = new EventBridgeClient(aws);
  const { EventCount = 0 } = await client.send(new DescribeArchiveCommand({ ArchiveName: archive.name }));
  const ReplayName = `rebuild-${Date.now()}`;
  await client.send(
    new StartReplayCommand({
      ReplayName,
      EventSourceArn: archive.arn,
      EventStartTime: new Date(0),
      EventEndTime: END_OF_TIME,
      Destination: { Arn: busArn, FilterArns: rules },
    }),
  );
  for (;;) {
    const { State = '', EventLastReplayedTime: reached } = await client.send(new DescribeReplayCommand({ ReplayName }));
    onProgress({ state: State, reached });
    if (State === 'COMPLETED') return EventCount;
    if (State === 'FAILED')
      throw new Error(
        `The replay failed ${reached ? `after the events of ${reached.toISOString()}` : 'at its start'}.`,
      );
    await delay(POLL_MS);
  }
}
