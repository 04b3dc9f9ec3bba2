import { AwsError } from '../aws-service.ts';

/** Change of an item in DynamoDB's JSON format; binary values are base64. */
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

/** A stream and its shard; the emulator has one shard per stream. */
export interface TableStream {
  tableName: string;
  /** The emulator's ARN, not the template's. */
  arn: string;
  shardId: string;
  viewType: string;
}

/** Start of an iterator, as in GetShardIterator. */
export interface IteratorPosition {
  ShardIteratorType: string;
  SequenceNumber?: string;
}

const TARGET = 'DynamoDBStreams_20120810';
/** The emulator requires a well-formed signature but does not verify it. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local';

/** Reads the change streams of the emulator's tables. */
export class TableStreams {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** Returns the stream of a table; undefined if it has none. */
  async streamOf(tableName: string): Promise<TableStream | undefined> {
    const { Streams = [] } = await this.#call<{ Streams?: { StreamArn: string }[] }>('ListStreams', {
      TableName: tableName,
    });
    const arn = Streams.at(-1)?.StreamArn;
    if (!arn) return undefined;
    const { StreamDescription } = await this.#call<DescribeStreamOutput>('DescribeStream', { StreamArn: arn });
    const [shard] = StreamDescription.Shards;
    return shard && { tableName, arn, shardId: shard.ShardId, viewType: StreamDescription.StreamViewType };
  }

  /** Returns an iterator that starts at a position. */
  async iterator({ arn, shardId }: TableStream, position: IteratorPosition): Promise<string> {
    const input = { StreamArn: arn, ShardId: shardId, ...position };
    return (await this.#call<{ ShardIterator: string }>('GetShardIterator', input)).ShardIterator;
  }

  /** Returns up to `limit` records and the next iterator. */
  async read(iterator: string, limit: number): Promise<{ records: StreamRecord[]; next: string }> {
    const input = { ShardIterator: iterator, Limit: limit };
    const output = await this.#call<{ Records: StreamRecord[]; NextShardIterator?: string }>('GetRecords', input);
    return { records: output.Records, next: output.NextShardIterator ?? iterator };
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

interface DescribeStreamOutput {
  StreamDescription: { StreamViewType: string; Shards: { ShardId: string }[] };
}
