import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Context as LambdaContext } from 'aws-lambda';
import { GraphQLError } from 'graphql';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import type { RequestContext, Subgraph } from '#platform/graphql/subgraph.ts';
import { subgraphHandler } from '#platform/graphql/subgraph-handler.ts';
import type { Viewer } from '#platform/graphql/viewer.ts';
import type { VerifyToken } from '../gateway/authorization/viewer-from-token.ts';
import { HEADER_RULES } from '../gateway/defaults/header-rules.ts';
import { Gateway } from '../gateway/gateway.ts';
import type { GraphQLResult } from '../gateway/http/response.ts';
import { limitsFrom } from '../gateway/limits/limits.ts';
import { CachingPlanner } from '../gateway/operations/caching-planner.ts';
import { OperationFinder } from '../gateway/operations/find-operation.ts';
import { programRunner } from '../gateway/operations/run-program.ts';
import { subgraphSender } from '../gateway/subgraphs/subgraph-sender.ts';
import { transportFor } from '../gateway/subgraphs/transports/transport-for.ts';
import { ClientConnections } from '../gateway/subscriptions/client-connections.ts';
import { ConnectionEnd } from '../gateway/subscriptions/connection-end.ts';
import { ConnectionStore } from '../gateway/subscriptions/connection-store.ts';
import { deliverBatch } from '../gateway/subscriptions/deliver-batch.ts';
import { DeliveryQueue } from '../gateway/subscriptions/delivery-queue.ts';
import { fanOut } from '../gateway/subscriptions/fan-out-event.ts';
import { handleMessage } from '../gateway/subscriptions/messages.ts';
import { runInPipeline } from '../gateway/subscriptions/pipeline.ts';
import { awsSender } from '../gateway/subscriptions/signed-post.ts';
import { type StepRequest, stepRequest } from '../gateway/subscriptions/subscription-request.ts';
import { SubscriptionStore } from '../gateway/subscriptions/subscription-store.ts';
import type { FedFields } from '../gateway/subscriptions/topics.ts';
import { ViewerConnections } from '../gateway/subscriptions/viewer-connections.ts';
import { FakeAws } from './fake-aws.ts';
import { compose } from './federation/gateway.ts';
import { TestTable } from './test-table.ts';

const IDENTITY = { region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'y' } };
const MINUTE_MS = 60_000;

/** A subgraph of the graph under test. */
export type LiveSubgraph = Omit<Subgraph<RequestContext>, 'context'>;

export interface LiveGraphOptions {
  subgraphs: Record<string, LiveSubgraph>;
  /** Sources of the fields of `Subscription`, as the build writes them. */
  fields: FedFields;
  limits?: object;
}

/** The functions for subscriptions over a real table, subgraphs in this process, and a fake AWS. */
export class LiveGraph {
  readonly aws: FakeAws;
  readonly table: string;
  readonly client = documentClient(dynamodb());
  /** Milliseconds by which the functions' clock is ahead. */
  ahead = 0;
  /** Time left to the functions, in milliseconds. */
  timeLeft = MINUTE_MS;
  /** Factor of the timeouts of posts. */
  patience = 1;
  /** Steps that the gateway has run. */
  readonly steps: StepRequest[] = [];
  /** Called before each step. */
  onStep: (request: StepRequest) => void | Promise<void> = () => {};
  readonly services;
  readonly #fields: FedFields;

  private constructor(aws: FakeAws, table: string, { subgraphs, fields, limits: changes = {} }: LiveGraphOptions) {
    this.aws = aws;
    this.table = table;
    this.#fields = fields;
    const limits = limitsFrom(JSON.stringify(changes));
    const gateway = gatewayOver(aws, subgraphs, limits);
    const sendInTime = awsSender(IDENTITY);
    const send: typeof sendInTime = (request) => sendInTime({ ...request, timeout: this.patience * request.timeout });
    const stores = {
      connections: new ConnectionStore(this.client, table),
      subscriptions: new SubscriptionStore(this.client, table),
      viewers: new ViewerConnections(this.client, table, limits.connections),
      clients: new ClientConnections(`${aws.url}/live`, send),
    };
    const runStep = async (request: StepRequest): Promise<GraphQLResult> => {
      this.steps.push(request);
      await this.onStep(request);
      return runInPipeline(gateway, stepRequest(request, HEADER_RULES));
    };
    this.services = {
      ...stores,
      end: new ConnectionEnd(stores),
      queue: new DeliveryQueue('http://sqs.test/1/queue.fifo', send, aws.url),
      verify: verifyTestToken,
      runStep,
      limits,
      messageBytes: limits.messageBytes,
      log: { warn: () => {} },
      now: () => Date.now() + this.ahead,
    };
  }

  static async start(options: LiveGraphOptions): Promise<LiveGraph> {
    return new LiveGraph(await FakeAws.start(), await connectionTable(), options);
  }

  close(): void {
    this.aws.close();
  }

  /** Opens a connection of a client, and initialises it with a token if given. */
  async connect(id: string, token?: string): Promise<void> {
    await this.services.connections.open(id, { headers: {} }, this.services.now());
    await this.send(id, { type: 'connection_init', ...(token && { payload: { authorization: token } }) });
  }

  /** Sends a client's message. */
  async send(connectionId: string, message: object | string, receivedAt = this.services.now()): Promise<void> {
    const body = typeof message === 'string' ? message : JSON.stringify(message);
    const received = { connectionId, body, receivedAt, requestId: 'r', timeLeft: this.timeLeft, ip: undefined };
    await handleMessage(received, this.services);
  }

  /** Sends a client's message `subscribe`. */
  subscribe(connectionId: string, id: string, query: string, variables: object = {}): Promise<void> {
    return this.send(connectionId, { type: 'subscribe', id, payload: { query, variables } });
  }

  /** Passes an event to the fan-out; returns the number of deliveries that it added. */
  publish(event: DomainEvent): Promise<number> {
    return fanOut(event, { ...this.services, fields: this.#fields });
  }

  /** Delivers the queued messages as one batch; those that failed stay in the queue. Returns their number. */
  async deliver(attempt = 1): Promise<number> {
    const messages = this.aws.queue.splice(0).map((queued, index) => ({ ...queued, id: String(index) }));
    const records = messages.map(({ id, body, group }) => ({
      messageId: id,
      receiptHandle: id,
      body,
      attributes: { MessageGroupId: group, ApproximateReceiveCount: String(attempt) } as never,
    }));
    const { batchItemFailures } = await deliverBatch(records, this.services, () => this.timeLeft);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    this.aws.queue.push(...messages.filter(({ id }) => failed.has(id)));
    return failed.size;
  }

  /** Returns the results that a client has got for a subscription. */
  results(connectionId: string, id: string) {
    const next = this.aws.messages(connectionId).filter((message) => message.type === 'next' && message.id === id);
    return next.map(({ payload }) => payload);
  }

  /** Reads an item of the table. */
  item(pk: string, sk: string) {
    return this.client.send(new GetCommand({ TableName: this.table, Key: { pk, sk } }));
  }

  /** Returns the keys of all items. */
  async keys(): Promise<string[]> {
    const items = await new TestTable(this.client, this.table).items();
    return items.map(({ pk, sk }) => `${pk} ${sk}`).sort();
  }
}

function gatewayOver(aws: FakeAws, subgraphs: LiveGraphOptions['subgraphs'], limits: ReturnType<typeof limitsFrom>) {
  for (const [name, subgraph] of Object.entries(subgraphs)) {
    const handler = subgraphHandler({ ...subgraph, context: (request) => request });
    aws.functions[`live-${name}`] = (event) => handler(event as never, {} as LambdaContext);
  }
  const definitions = Object.entries(subgraphs).map(([name, { typeDefs }]) => ({ name, typeDefs }));
  const transports = { lambda: { url: new URL(aws.url), ...IDENTITY }, functionPrefix: 'live-' };
  const send = subgraphSender({
    addresses: Object.fromEntries(Object.keys(subgraphs).map((name) => [name, `lambda://${name}`])),
    transportFor: (address) => transportFor(address, transports),
  });
  const run = programRunner({ send, bounds: limits });
  const planner = new CachingPlanner({
    supergraphSdl: compose(definitions),
    introspection: true,
    factRules: limits,
    run,
  });
  const operations = new OperationFinder({
    loadPlanner: async () => planner,
    limits,
    safelist: 'off',
    showPlans: false,
    log: { warn: () => {} },
  });
  const identify = async (header: string | undefined) => (await verifyTestToken(header))?.viewer;
  return new Gateway({ operations, identify, limits, policies: {}, headerRules: HEADER_RULES });
}

/** Returns a token of a viewer, that expires at a time in epoch seconds. */
export function testToken(id: string, expiresAt = 4_000_000_000, scopes: string[] = []): string {
  return `Test ${JSON.stringify({ viewer: { id, groups: [], scopes } satisfies Viewer, expiresAt })}`;
}

const verifyTestToken: VerifyToken = async (authorization) => {
  if (authorization === undefined) return undefined;
  if (authorization.startsWith('Test ')) return JSON.parse(authorization.slice('Test '.length));
  throw new GraphQLError('The token is not valid. Sign in again.', { extensions: { code: 'UNAUTHENTICATED' } });
};

function dynamodb(): DynamoDBClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return new DynamoDBClient({ endpoint: requiredEnv('TEST_DYNAMODB'), region: 'us-east-1', credentials });
}

/** Creates a table with the keys of the gateway's connection table; returns its name. */
export async function connectionTable(): Promise<string> {
  const TableName = `connections-${randomUUID()}`;
  const keys = { pk: 'HASH', sk: 'RANGE' } as const;
  await dynamodb().send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: Object.keys(keys).map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: Object.entries(keys).map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
    }),
  );
  return TableName;
}
