import { DatabaseSync } from 'node:sqlite';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient, ListLayersCommand, LogType } from '@aws-sdk/client-lambda';
import { requiredEnv } from '#platform/env.ts';
import { TestLambda } from '../../test/lambda.ts';
import { AwsEndpoint, type Credentials, type DeniedCall } from './aws-endpoint.ts';
import { DynamoDbApi } from './dynamodb/dynamodb-api.ts';
import type { PolicyStatement } from './iam/policy.ts';
import { AsyncInvocations } from './lambda/async-invocations.ts';
import { LambdaApi } from './lambda/invoke-api.ts';

const TABLE = `calls-${process.pid}`;
const TABLE_ARN = `arn:aws:dynamodb:us-east-1:123456789012:table/${TABLE}`;
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function';
const INVALID = 'InvalidSignatureException';
const API = 'DynamoDB_20120810';
const DENIED = { name: 'AccessDeniedException', status: 403 };
const denied: DeniedCall[] = [];
const lambda = new TestLambda();
const tables = new DynamoDbApi(requiredEnv('TEST_DYNAMODB'));
const noQueue = new AsyncInvocations({
  database: new DatabaseSync(':memory:'),
  invoke: () => Promise.reject(new Error('unexpected asynchronous invocation')),
  configOf: () => ({ maxRetries: 0, maxAge: 0 }),
  onFailed: () => {},
});
const aws = new AwsEndpoint({
  services: { dynamodb: tables, lambda: new LambdaApi(lambda.service, noQueue) },
  onDenied: (call) => denied.push(call),
});
let endpoint: string;

beforeAll(async () => {
  endpoint = await aws.listen();
  lambda.put('behaviour.echo', { name: 'echo' });
  await dynamoDb(aws.operator).send(
    new CreateTableCommand({
      TableName: TABLE,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-id',
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
});
afterAll(async () => {
  await lambda.service.close();
  aws.close();
  tables.close();
});
beforeEach(() => {
  denied.length = 0;
});

const client = (credentials: Credentials) => ({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
const dynamoDb = (credentials: Credentials) => new DynamoDBClient(client(credentials));
const lambdaClient = (credentials: Credentials) => new LambdaClient(client(credentials));
const key = { id: { S: '1' } };
const getItem = new GetItemCommand({ TableName: TABLE, Key: key });

interface Outgoing {
  headers: Record<string, string>;
  body?: unknown;
}

/** Returns a client whose requests are changed after signing. */
function tampering(change: (request: Outgoing) => void): DynamoDBClient {
  const tampered = dynamoDb(aws.operator);
  const { requestHandler } = tampered.config;
  const send = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = (request, options) => {
    change(request);
    return send(request, options);
  };
  return tampered;
}

/** Returns the clients of a function with the given policy. */
function role(name: string, Statement: PolicyStatement[]) {
  aws.setPolicies(name, Statement);
  return { dynamoDb: dynamoDb(aws.credentialsOf(name)), lambda: lambdaClient(aws.credentialsOf(name)) };
}

function allow(Action: string | string[], Resource: string | string[]): PolicyStatement {
  return { Effect: 'Allow', Action, Resource };
}

async function failure(call: Promise<unknown>): Promise<{ name: string; status: number | undefined; message: string }> {
  const error = await call.then(
    () => undefined,
    (reason) => reason,
  );
  return { name: error?.name, status: error?.$metadata?.httpStatusCode, message: error?.message };
}

describe('a signature', () => {
  test('of the unmodified SDK is accepted, for DynamoDB and for Lambda', async () => {
    await dynamoDb(aws.operator).send(new PutItemCommand({ TableName: TABLE, Item: { ...key, n: { N: '1' } } }));
    expect((await dynamoDb(aws.operator).send(getItem)).Item).toMatchObject({ n: { N: '1' } });
    const { Payload, StatusCode } = await lambdaClient(aws.operator).send(
      new InvokeCommand({ FunctionName: `${FUNCTION_ARN}:echo:live`, Payload: '{"a":"é"}' }),
    );
    expect([StatusCode, Payload?.transformToString()]).toEqual([200, '{"a":"é"}']);
  });

  test.each<[string, (request: Outgoing) => void, string]>([
    ['that is missing', ({ headers }) => delete headers.authorization, 'MissingAuthenticationTokenException'],
    [
      'that is not a version 4 signature',
      ({ headers }) => Object.assign(headers, { authorization: 'Basic YTpi' }),
      'IncompleteSignatureException',
    ],
    ['of another body', (request) => Object.assign(request, { body: blankBody(request) }), INVALID],
    ['of another action', ({ headers }) => Object.assign(headers, { 'x-amz-target': `${API}.DeleteTable` }), INVALID],
    ['of another time', ({ headers }) => Object.assign(headers, { 'x-amz-date': amzDate(60_000) }), INVALID],
    ['that does not cover an x-amz header', ({ headers }) => Object.assign(headers, { 'x-amz-more': '1' }), INVALID],
  ])('%s is refused', async (_, change, name) => {
    expect(await failure(tampering(change).send(getItem))).toMatchObject({ name, status: 403 });
  });

  test('by an unknown key is refused', async () => {
    const unknown = { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'secret' };
    expect(await failure(dynamoDb(unknown).send(getItem))).toMatchObject({ name: 'UnrecognizedClientException' });
  });

  test('by a wrong secret is refused', async () => {
    const wrong = { ...aws.operator, secretAccessKey: 'wrong' };
    expect(await failure(dynamoDb(wrong).send(getItem))).toMatchObject({ name: INVALID, status: 403 });
  });

  test.each([-301_000, 301_000])('of %i ms from now is refused', async (systemClockOffset) => {
    const late = new DynamoDBClient({ ...client(aws.operator), systemClockOffset });
    expect(await failure(late.send(getItem))).toMatchObject({ name: INVALID });
  });
});

describe('a role', () => {
  test('without policies has no permissions; the error and the log name the call', async () => {
    const { dynamoDb } = role('unprivileged', []);
    expect(await failure(dynamoDb.send(getItem))).toEqual({
      name: 'AccessDeniedException',
      status: 403,
      message: expect.stringMatching(
        /unprivileged is not authorized to perform: dynamodb:GetItem on resource: .*calls-/,
      ),
    });
    expect(denied).toEqual([{ functionName: 'unprivileged', action: 'dynamodb:GetItem', resource: TABLE_ARN }]);
  });

  test('has only the granted permissions', async () => {
    const { dynamoDb } = role('reader', [allow('dynamodb:GetItem', TABLE_ARN)]);
    await dynamoDb.send(getItem);
    expect(await failure(dynamoDb.send(new PutItemCommand({ TableName: TABLE, Item: key })))).toMatchObject(DENIED);
    expect(await failure(dynamoDb.send(new GetItemCommand({ TableName: 'other', Key: key })))).toMatchObject(DENIED);
    expect(await failure(dynamoDb.send(new ListTablesCommand()))).toMatchObject(DENIED);
  });

  test('needs permission on an index to query it', async () => {
    const query = new QueryCommand({
      TableName: TABLE,
      IndexName: 'by-id',
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: '1' } },
    });
    expect(await failure(role('q', [allow('dynamodb:Query', TABLE_ARN)]).dynamoDb.send(query))).toMatchObject(DENIED);
    await role('q', [allow('dynamodb:Query', `${TABLE_ARN}/index/by-id`)]).dynamoDb.send(query);
  });

  test('needs permission for each action of a transaction', async () => {
    const ConditionExpression = 'attribute_exists(id)';
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: TABLE, Item: { id: { S: '2' } } } },
        { ConditionCheck: { TableName: TABLE, Key: key, ConditionExpression } },
      ],
    });
    const put = allow('dynamodb:PutItem', TABLE_ARN);
    expect(await failure(role('t', [put]).dynamoDb.send(transaction))).toMatchObject(DENIED);
    expect(denied).toMatchObject([{ action: 'dynamodb:ConditionCheckItem' }]);
    await role('t', [put, allow('dynamodb:ConditionCheckItem', TABLE_ARN)]).dynamoDb.send(transaction);
  });

  test('needs permission on each table of a batch', async () => {
    const keys = { Keys: [key] };
    const { dynamoDb } = role('b', [allow('dynamodb:Batch*', TABLE_ARN)]);
    await dynamoDb.send(new BatchGetItemCommand({ RequestItems: { [TABLE]: keys } }));
    await dynamoDb.send(
      new BatchWriteItemCommand({ RequestItems: { [TABLE]: [{ PutRequest: { Item: { id: { S: '3' } } } }] } }),
    );
    const both = new BatchGetItemCommand({ RequestItems: { [TABLE]: keys, other: keys } });
    expect(await failure(dynamoDb.send(both))).toMatchObject(DENIED);
  });

  test('may not use PartiQL with permissions on a table', async () => {
    const { dynamoDb } = role('p', [allow('dynamodb:*', TABLE_ARN)]);
    const statement = new ExecuteStatementCommand({ Statement: `SELECT * FROM "${TABLE}"` });
    expect(await failure(dynamoDb.send(statement))).toMatchObject(DENIED);
  });

  test('may invoke the granted alias only', async () => {
    const { lambda } = role('caller', [allow('lambda:InvokeFunction', `${FUNCTION_ARN}:echo:live`)]);
    await lambda.send(new InvokeCommand({ FunctionName: 'echo', Qualifier: 'live' }));
    for (const Qualifier of [undefined, '$LATEST', '1'])
      expect(await failure(lambda.send(new InvokeCommand({ FunctionName: 'echo', Qualifier })))).toMatchObject(DENIED);
  });

  test('takes effect as soon as it changes', async () => {
    const { dynamoDb } = role('changing', [allow('dynamodb:GetItem', TABLE_ARN)]);
    await dynamoDb.send(getItem);
    aws.setPolicies('changing', []);
    expect(await failure(dynamoDb.send(getItem))).toMatchObject(DENIED);
  });
});

describe('the Invoke API', () => {
  const operator = () => lambdaClient(aws.operator);

  test('reports a function error in a header, with the tail of the log on request', async () => {
    const FunctionName = lambda.put('behaviour.fail');
    const { StatusCode, FunctionError, LogResult, Payload, ExecutedVersion } = await operator().send(
      new InvokeCommand({ FunctionName, LogType: LogType.Tail }),
    );
    expect({ StatusCode, FunctionError, ExecutedVersion }).toEqual({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      ExecutedVersion: '$LATEST',
    });
    expect(JSON.parse(Payload?.transformToString() ?? '')).toMatchObject({ errorType: 'TypeError' });
    const log = Buffer.from(LogResult ?? '', 'base64').toString();
    expect(log).toMatch(/^START RequestId[\s\S]*the reason[\s\S]*REPORT RequestId/);
    expect((await operator().send(new InvokeCommand({ FunctionName }))).LogResult).toBeUndefined();
  });

  test('passes the qualifier and the client context to the function', async () => {
    const FunctionName = lambda.put('behaviour.describe');
    const ClientContext = Buffer.from('{"custom":{"é":"\\n"}}').toString('base64');
    const { Payload } = await operator().send(new InvokeCommand({ FunctionName, Qualifier: 'live', ClientContext }));
    expect(JSON.parse(Payload?.transformToString() ?? '')).toMatchObject({
      invokedFunctionArn: `${FUNCTION_ARN}:${FunctionName}:live`,
      clientContext: { custom: { é: '\n' } },
    });
  });

  test('treats a missing payload as an empty object', async () => {
    const { Payload } = await operator().send(new InvokeCommand({ FunctionName: 'echo' }));
    expect(Payload?.transformToString()).toBe('{}');
  });

  test('throttles with the documented body when all environments are busy', async () => {
    const FunctionName = lambda.put('behaviour.count', { reservedConcurrency: 0 });
    const refused = await operator()
      .send(new InvokeCommand({ FunctionName }))
      .catch((error) => error);
    expect(refused).toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      Type: 'User',
      message: 'Rate Exceeded.',
    });
  });

  test.each<[string, ConstructorParameters<typeof InvokeCommand>[0], string, number]>([
    ['an unknown function', { FunctionName: 'nothing' }, 'ResourceNotFoundException', 404],
    ['an unknown qualifier', { FunctionName: 'echo', Qualifier: 'next' }, 'ResourceNotFoundException', 404],
    ['a payload that is not JSON', { FunctionName: 'echo', Payload: '{' }, 'InvalidRequestContentException', 400],
    ['a broken client context', { FunctionName: 'echo', ClientContext: 'e' }, 'InvalidRequestContentException', 400],
    [
      'more than 6 MB',
      { FunctionName: 'echo', Payload: `"${'x'.repeat(6 * 1024 * 1024)}"` },
      'RequestTooLargeException',
      413,
    ],
  ])('refuses %s', async (_, input, name, status) => {
    expect(await failure(operator().send(new InvokeCommand(input)))).toMatchObject({ name, status });
  });
});

test('an unsupported call is answered with NotImplemented', async () => {
  expect(await failure(lambdaClient(aws.operator).send(new ListLayersCommand()))).toMatchObject({
    name: 'NotImplemented',
    status: 501,
  });
});

test('a body that is not JSON is refused', async () => {
  const client = dynamoDb(aws.operator);
  const breakBody = (next: (args: object) => unknown) => (args: { request: Outgoing }) => {
    args.request.body = '{';
    return next(args);
  };
  client.middlewareStack.add(breakBody as never, { step: 'build', priority: 'high', name: 'breakBody' });
  expect(await failure(client.send(getItem))).toMatchObject({ name: 'SerializationException', status: 400 });
});

function blankBody({ headers }: Outgoing): Buffer {
  return Buffer.alloc(Number(headers['content-length']), ' ');
}

function amzDate(offset: number): string {
  return new Date(Date.now() + offset).toISOString().replace(/[-:]|\.\d+/g, '');
}
