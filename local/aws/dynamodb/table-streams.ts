import { AwsError } from '../aws-service.ts';

/** A change of an item, in the JSON of DynamoDB's API: binary values are base64. */
export interface StreamRecord {
  eventName: string;
  dynamodb: {
    SequenceNumber: string;
    Keys: Record<string, unknown>;
    /** Epoch seconds. */
    ApproximateCreationDateTime: number;
    [attribute: string]: unknown;
  };
  userIdentity?: { Type?: string; PrincipalId?: string };
}

/** The one shard that the emulator has for a stream. */
export interface TableStream {
  tableName: string;
  /** As the emulator names it. */
  arn: string;
  shardId: string;
  viewType: string;
}

/** Where an iterator begins, in the terms of GetShardIterator. */
export interface StreamPlace {
  ShardIteratorType: string;
  SequenceNumber?: string;
}

const TARGET = 'DynamoDBStreams_20120810';
/** DynamoDB wants a signature's form; what is signed in this process, the emulator does not check. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local';

/** Reads the change streams of the emulator's tables. */
export class TableStreams {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** The stream of a table; undefined if it has none. */
  async streamOf(tableName: string): Promise<TableStream | undefined> {
    const { Streams = [] } = await this.#call<{ Streams?: { StreamArn: string }[] }>('ListStreams', {
      TableName: tableName,
    });
    const arn = Streams.at(-1)?.StreamArn;
    if (!arn) return undefined;
    const { StreamDescription } = await this.#call<StreamAnswer>('DescribeStream', { StreamArn: arn });
    const [shard] = StreamDescription.Shards;
    return shard && { tableName, arn, shardId: shard.ShardId, viewType: StreamDescription.StreamViewType };
  }

  /** An iterator that begins at a place. */
  async iterator({ arn, shardId }: TableStream, place: StreamPlace): Promise<string> {
    const input = { StreamArn: arn, ShardId: shardId, ...place };
    return (await this.#call<{ ShardIterator: string }>('GetShardIterator', input)).ShardIterator;
  }

  /** The next records, and the iterator to go on with. */
  async read(iterator: string, limit: number): Promise<{ records: StreamRecord[]; next: string }> {
    const input = { ShardIterator: iterator, Limit: limit };
    const answer = await this.#call<{ Records: StreamRecord[]; NextShardIterator?: string }>('GetRecords', input);
    return { records: answer.Records, next: answer.NextShardIterator ?? iterator };
  }

  async #call<Output>(operation: string, input: object): Promise<Output> {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `${TARGET}.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization: AUTHORIZATION,
    };
    const response = await fetch(this.#endpoint, { method: 'POST', headers, body: JSON.stringify(input) });
    const output = (await response.json()) as Output & { __type?: string; message?: string };
    if (response.ok) return output;
    const type = output.__type?.split('#').pop() ?? 'InternalFailure';
    throw new AwsError(type, `${operation}: ${output.message ?? type}`, response.status);
  }
}

interface StreamAnswer {
  StreamDescription: { StreamViewType: string; Shards: { ShardId: string }[] };
}
