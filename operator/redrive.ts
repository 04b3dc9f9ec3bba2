import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as SdkRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { StreamRecord } from '../local/aws/dynamodb/table-streams.ts';
import type { MappingDefinition } from '../local/aws/lambda/stream-mapping.ts';
import { type LambdaStreamRecord, lambdaRecord } from '../local/aws/lambda/stream-record.ts';
import type { Connection } from './connection.ts';
import type { DeadLetter } from './dead-letter.ts';

const MILLISECONDS = 1_000;

type LostRecords = Extract<DeadLetter, { kind: 'records' }>;

/** Tries dead letters again: calls the function with what it got the first time. */
export class Redrive {
  readonly #lambda: LambdaClient;
  readonly #streams: DynamoDBStreamsClient;
  readonly #mappings: MappingDefinition[];

  /** `mappings` are those of the running system: their filters leave out the same records again. */
  constructor({ aws }: Pick<Connection, 'aws'>, mappings: MappingDefinition[]) {
    this.#lambda = new LambdaClient(aws);
    this.#streams = new DynamoDBStreamsClient(aws);
    this.#mappings = mappings;
  }

  /** Tries a letter again; returns what went wrong, or nothing. */
  async retry(letter: DeadLetter): Promise<string | undefined> {
    if (letter.kind === 'unknown') return 'it does not say which function it was for';
    if (letter.kind === 'event') return (await this.#invoke(letter.functionArn, letter.event)).error;
    const Records = await this.#recordsOf(letter);
    if (Records.length === 0) return 'its records are no longer in the stream';
    const { error, answer } = await this.#invoke(letter.functionArn, { Records });
    const { batchItemFailures = [] } = (answer ?? {}) as { batchItemFailures?: unknown[] };
    return error ?? (batchItemFailures.length > 0 ? 'the function could not handle all of its records' : undefined);
  }

  async #invoke(FunctionName: string, event: unknown): Promise<{ error?: string; answer?: unknown }> {
    const command = new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) });
    const { FunctionError, Payload } = await this.#lambda.send(command);
    const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
    if (!FunctionError) return { answer };
    const { errorType = 'Error', errorMessage = '' } = (answer ?? {}) as Record<string, string>;
    return { error: `${errorType}: ${errorMessage}` };
  }

  /** Reads the records of a letter from the stream again, in the form in which a function gets them. */
  async #recordsOf({ streamArn, shardId, first, last, functionArn }: LostRecords): Promise<LambdaStreamRecord[]> {
    const records: LambdaStreamRecord[] = [];
    for await (const record of this.#from(streamArn, shardId, first)) {
      records.push(lambdaRecord(asJson(record), streamArn));
      if (record.dynamodb?.SequenceNumber === last) break;
    }
    const filters = this.#mappings
      .filter((mapping) => mapping.streamArn === streamArn && functionArn.includes(`:${mapping.functionName}`))
      .flatMap((mapping) => mapping.filters);
    return records.filter((record) => filters.length === 0 || filters.some((matches) => matches(record)));
  }

  async *#from(StreamArn: string, ShardId: string, SequenceNumber: string): AsyncGenerator<SdkRecord> {
    const place = { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber } as const;
    let { ShardIterator } = await this.#streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ...place }));
    while (ShardIterator) {
      const { Records = [], NextShardIterator } = await this.#streams.send(new GetRecordsCommand({ ShardIterator }));
      if (Records.length === 0) return;
      yield* Records;
      ShardIterator = NextShardIterator;
    }
  }
}

/** A record of the SDK in the JSON of the API. */
function asJson({ eventName, dynamodb, userIdentity }: SdkRecord): StreamRecord {
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
