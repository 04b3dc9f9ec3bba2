import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as SdkRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { StreamRecord } from '../local/aws/dynamodb/table-streams.ts';
import type { MappingDefinition } from '../local/aws/lambda/stream-mapping.ts';
import { type LambdaStreamRecord, lambdaRecord } from '../local/aws/lambda/stream-record.ts';
import type { Connection } from './connection.ts';
import type { DeadLetter } from './dead-letter.ts';

const MILLISECONDS = 1_000;

type FailedMessage = Extract<DeadLetter, { kind: 'message' }>;
type FailedRecords = Extract<DeadLetter, { kind: 'records' }>;

/** Retries dead letters: invokes the function with the original event, or sends the message to its queue again. */
export class Redrive {
  readonly #lambda: LambdaClient;
  readonly #streams: DynamoDBStreamsClient;
  readonly #queues: SQSClient;
  readonly #mappings: MappingDefinition[];

  /** `mappings` are the running system's event source mappings, whose filters apply again. */
  constructor({ aws }: Pick<Connection, 'aws'>, mappings: MappingDefinition[]) {
    this.#lambda = new LambdaClient(aws);
    this.#streams = new DynamoDBStreamsClient(aws);
    this.#queues = new SQSClient(aws);
    this.#mappings = mappings;
  }

  /** Retries a dead letter; returns the error, or undefined on success. */
  async retry(letter: DeadLetter): Promise<string | undefined> {
    if (letter.kind === 'unknown') return 'it names no function';
    if (letter.kind === 'event') return (await this.#invoke(letter.functionArn, letter.event)).error;
    if (letter.kind === 'message') return this.#sendAgain(letter);
    const Records = await this.#recordsOf(letter);
    if (Records.length === 0) return 'its records are no longer in the stream';
    const { error, response } = await this.#invoke(letter.functionArn, { Records });
    const { batchItemFailures = [] } = (response ?? {}) as { batchItemFailures?: unknown[] };
    return error ?? (batchItemFailures.length > 0 ? 'the function could not handle all of its records' : undefined);
  }

  async #sendAgain({ id, queue, body, groupId }: FailedMessage): Promise<undefined> {
    const { QueueUrl } = await this.#queues.send(new GetQueueUrlCommand({ QueueName: queue }));
    const fifo = groupId && { MessageGroupId: groupId, MessageDeduplicationId: `redrive-${id}` };
    await this.#queues.send(new SendMessageCommand({ QueueUrl, MessageBody: body, ...fifo }));
  }

  async #invoke(FunctionName: string, event: unknown): Promise<{ error?: string; response?: unknown }> {
    const command = new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) });
    const { FunctionError, Payload } = await this.#lambda.send(command);
    const response: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
    if (!FunctionError) return { response };
    const { errorType = 'Error', errorMessage = '' } = (response ?? {}) as Record<string, string>;
    return { error: `${errorType}: ${errorMessage}` };
  }

  /** Reads a dead letter's records from the stream, as Lambda stream records. */
  async #recordsOf({ streamArn, shardId, first, last, functionArn }: FailedRecords): Promise<LambdaStreamRecord[]> {
    const records: LambdaStreamRecord[] = [];
    for await (const record of this.#recordsFrom(streamArn, shardId, first)) {
      records.push(lambdaRecord(toApiJson(record), streamArn));
      if (record.dynamodb?.SequenceNumber === last) break;
    }
    const filters = this.#mappings
      .filter((mapping) => mapping.streamArn === streamArn && functionArn.includes(`:${mapping.functionName}`))
      .flatMap((mapping) => mapping.filters);
    return records.filter((record) => filters.length === 0 || filters.some((matches) => matches(record)));
  }

  async *#recordsFrom(StreamArn: string, ShardId: string, SequenceNumber: string): AsyncGenerator<SdkRecord> {
    const position = { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber } as const;
    let { ShardIterator } = await this.#streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ...position }));
    while (ShardIterator) {
      const { Records = [], NextShardIterator } = await this.#streams.send(new GetRecordsCommand({ ShardIterator }));
      if (Records.length === 0) return;
      yield* Records;
      ShardIterator = NextShardIterator;
    }
  }
}

/** Converts an SDK record to the API's JSON shape. */
function toApiJson({ eventName, dynamodb, userIdentity }: SdkRecord): StreamRecord {
  const { ApproximateCreationDateTime, Keys = {}, SequenceNumber = '', ...rest } = dynamodb ?? {};
  const json = JSON.stringify({ ...rest, Keys }, (_, value: unknown) => (isBytes(value) ? base64(value) : value));
  return {
    eventName: eventName ?? '',
    dynamodb: {
      ...(JSON.parse(json) as { Keys: Record<string, unknown> }),
      SequenceNumber,
      ApproximateCreationDateTime: (ApproximateCreationDateTime?.getTime() ?? 0) / MILLISECONDS,
    },
    ...(userIdentity?.Type && {
      userIdentity: { Type: userIdentity.Type, PrincipalId: userIdentity.PrincipalId ?? '' },
    }),
  };
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
