import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { chunksOf } from '../dynamodb/batch-read.ts';
import { requiredEnv } from '../env.ts';
import { log } from '../telemetry/log.ts';
import type { DomainEvent } from './domain-event.ts';
import { OUTBOX } from './outbox.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const ENTRIES_PER_CALL = 10;

const client = new EventBridgeClient({});
const busName = requiredEnv('EVENT_BUS_NAME');

/**
 * Publishes the events of a service's outbox from its table's stream to the bus, in order. Stops at the first failure, and
 * the stream is retried from there.
 */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const records of chunksOf(ENTRIES_PER_CALL, Records)) {
    const failed = await firstFailure(records);
    if (failed) return { batchItemFailures: [{ itemIdentifier: failed.dynamodb?.SequenceNumber ?? '' }] };
  }
  return { batchItemFailures: [] };
}

async function firstFailure(records: DynamoDBRecord[]): Promise<DynamoDBRecord | undefined> {
  const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries: records.map(entryOf) }));
  const index = results.findIndex(({ ErrorCode }) => ErrorCode);
  if (index < 0) return undefined;
  log.warn('event bus rejected an event', { code: results[index]?.ErrorCode });
  return records[index];
}

function entryOf({ dynamodb }: DynamoDBRecord) {
  const json = dynamodb?.NewImage?.[OUTBOX]?.S ?? '';
  const { source, type, time, xrayTrace } = JSON.parse(json) as DomainEvent;
  const trace = xrayTrace && { TraceHeader: xrayTrace };
  return { EventBusName: busName, Source: source, DetailType: type, Detail: json, Time: new Date(time), ...trace };
}
