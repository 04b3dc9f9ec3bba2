import { LOCAL_ACCOUNT, streamArn } from '../../assembly/arns.ts';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import { type Access, AwsError, type AwsService, inputOf, operationOf, runOperation } from '../aws-service.ts';
import type { TableStream, TableStreams } from './table-streams.ts';

const MAX_RECORDS = 1_000;
/** Separates the stream ARN from the emulator's iterator in an iterator. */
const SEPARATOR = '|';

/**
 * DynamoDB Streams, with the stream ARNs of the templates instead of the emulator's.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html
 */
export class StreamsApi implements AwsService {
  readonly #streams: TableStreams;

  constructor(streams: TableStreams) {
    this.#streams = streams;
  }

  /** Returns whether a DynamoDB call belongs to the Streams API. */
  static isFor({ headers }: AwsRequest): boolean {
    return String(headers['x-amz-target']).startsWith('DynamoDBStreams_');
  }

  accesses(request: AwsRequest): Access[] {
    const { StreamArn, ShardIterator, TableName } = inputOf(request);
    const [iteratorArn] = String(ShardIterator ?? '').split(SEPARATOR);
    const resource = String(StreamArn ?? (iteratorArn || streamArn(String(TableName ?? '*'))));
    return [{ action: `dynamodb:${operationOf(request)}`, resource }];
  }

  handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    return runOperation(this.#operations, request);
  }

  readonly #operations: Parameters<typeof runOperation>[0] = {
    ListStreams: async ({ TableName }) => {
      if (typeof TableName !== 'string') throw new AwsError('ValidationException', 'The local run requires TableName.');
      const stream = await this.#streams.streamOf(TableName);
      return { Streams: stream ? [{ StreamArn: streamArn(TableName), TableName, StreamLabel: 'local' }] : [] };
    },
    DescribeStream: async ({ StreamArn }) => {
      const { tableName, shardId, viewType } = await this.#stream(StreamArn);
      const Shards = [{ ShardId: shardId, SequenceNumberRange: { StartingSequenceNumber: '1' } }];
      const description = { TableName: tableName, StreamStatus: 'ENABLED', StreamViewType: viewType, Shards };
      return { StreamDescription: { StreamArn: streamArn(tableName), StreamLabel: 'local', ...description } };
    },
    GetShardIterator: async ({ StreamArn, ShardIteratorType, SequenceNumber }) => {
      const stream = await this.#stream(StreamArn);
      const iterator = await this.#streams.iterator(stream, {
        ShardIteratorType: String(ShardIteratorType),
        ...(typeof SequenceNumber === 'string' && { SequenceNumber }),
      });
      return { ShardIterator: `${StreamArn}${SEPARATOR}${iterator}` };
    },
    GetRecords: async ({ ShardIterator, Limit = MAX_RECORDS }) => {
      const [arn = '', iterator = ''] = String(ShardIterator).split(SEPARATOR);
      const { records, next } = await this.#streams.read(iterator, Number(Limit));
      const Records = records.map((record) => ({ ...record, awsRegion: LOCAL_ACCOUNT.region }));
      return { Records, NextShardIterator: `${arn}${SEPARATOR}${next}` };
    },
  };

  async #stream(arn: unknown): Promise<TableStream> {
    const [, tableName = ''] = /:table\/([^/]+)\/stream\//.exec(String(arn)) ?? [];
    const stream = tableName && arn === streamArn(tableName) && (await this.#streams.streamOf(tableName));
    if (stream) return stream;
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
  }
}
