import { Agent, request as httpRequest } from 'node:http';
import { LOCAL_ACCOUNT } from '../../assembly/arns.ts';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import { type Access, type AwsService, errorResponse, inputOf, operationOf } from '../aws-service.ts';
import { StreamsApi } from './streams-api.ts';
import { TableStreams } from './table-streams.ts';

interface TableInput {
  TableName?: string;
  IndexName?: string;
  RequestItems?: Record<string, unknown>;
  TransactItems?: Record<string, { TableName?: string }>[];
}

/** Actions that a transaction needs permission for, by its members, https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
const TRANSACTION_ACTIONS: Record<string, string> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  ConditionCheck: 'ConditionCheckItem',
};

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

/** DynamoDB and its streams, forwarded to the emulator. */
export class DynamoDbApi implements AwsService {
  readonly #endpoint: string;
  readonly #onWrite: (tables: string[]) => void;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #streams: StreamsApi;

  /** `onWrite` is called with the tables of each successful write. */
  constructor(endpoint: string, onWrite: (tables: string[]) => void = () => {}) {
    this.#endpoint = endpoint;
    this.#onWrite = onWrite;
    this.#streams = new StreamsApi(new TableStreams(endpoint));
  }

  accesses(request: AwsRequest): Access[] {
    if (StreamsApi.isFor(request)) return this.#streams.accesses(request);
    return tablesOf(inputOf(request), operationOf(request)).map(({ name, operation }) => ({
      action: `dynamodb:${operation}`,
      resource: `arn:aws:dynamodb:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:table/${name}`,
    }));
  }

  async handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    if (StreamsApi.isFor(request)) return this.#streams.handle(request);
    const response = await this.#forward(request);
    const operation = operationOf(request);
    if (WRITES.has(operation) && response.status === 200)
      this.#onWrite(tablesOf(inputOf(request), operation).map(({ name }) => name));
    return response;
  }

  close(): void {
    this.#agent.destroy();
  }

  #forward({ method, url, headers, body }: AwsRequest): Promise<AwsResponse> {
    return new Promise((resolve) => {
      const { host: _, ...rest } = headers;
      const call = httpRequest(`${this.#endpoint}${url}`, { method, headers: rest, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('error', () => resolve(errorResponse(UNAVAILABLE)));
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 500,
            headers: response.headers as Record<string, string>,
            body: Buffer.concat(chunks),
          }),
        );
      });
      call.on('error', () => resolve(errorResponse(UNAVAILABLE)));
      call.end(body);
    });
  }
}

const UNAVAILABLE = { status: 503, type: 'ServiceUnavailable', message: 'The local DynamoDB does not respond.' };

function tablesOf(
  { TableName, IndexName, RequestItems, TransactItems }: TableInput,
  operation: string,
): { name: string; operation: string }[] {
  if (RequestItems) return Object.keys(RequestItems).map((name) => ({ name, operation }));
  if (TransactItems) {
    return TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName: name = '' }]) => ({
        name,
        operation: TRANSACTION_ACTIONS[kind] ?? kind,
      })),
    );
  }
  return [{ name: IndexName ? `${TableName}/index/${IndexName}` : (TableName ?? '*'), operation }];
}
