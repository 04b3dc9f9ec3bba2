import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { ArchiveDefinition, BusDefinition, RuleDefinition } from '../aws/events/event-bus.ts';
import type { PolicyStatement } from '../aws/iam/policy.ts';
import type { ResourceStatement } from '../aws/iam/resource-policy.ts';
import type { AsyncConfig } from '../aws/lambda/async-invocations.ts';
import type { FunctionDefinition } from '../aws/lambda/function-definition.ts';
import type { MappingDefinition } from '../aws/lambda/stream-mapping.ts';
import type { QueueDefinition } from '../aws/sqs/queue-store.ts';
import type { Edge } from '../http/cloudfront.ts';
import type { Cors } from '../http/cors.ts';
import type { Route } from '../http/route.ts';
import type { Throttle } from '../http/throttle.ts';
import type { LogSubscription } from '../logs/log-subscriptions.ts';

/** A function with what its role allows. */
export interface LocalFunction extends FunctionDefinition {
  policies: PolicyStatement[];
  /** Name of the queue for asynchronous events that failed. */
  deadLetterQueue: string | undefined;
}

export interface LocalTable {
  name: string;
  create: CreateTableCommandInput;
  /** The attribute, epoch seconds, after which an item goes. */
  timeToLive?: string;
}

/** How a function, under one alias or version, is invoked asynchronously. */
export interface LocalAsyncConfig extends AsyncConfig {
  functionName: string;
  qualifier: string;
  /** Name of the queue that gets a record of each event that failed. */
  failureQueue: string | undefined;
}

/** A parameter of SSM. */
export interface ParameterDefinition {
  name: string;
  value: string;
}

/** What a resource's own policy lets others do with it. */
export interface ResourcePolicy {
  /** ARN of a function, alias or queue. */
  resource: string;
  statements: ResourceStatement[];
}

/** What a cloud assembly asks for, in the terms of the local run. */
export interface SystemModel {
  functions: LocalFunction[];
  asyncConfigs: LocalAsyncConfig[];
  mappings: MappingDefinition[];
  tables: LocalTable[];
  buses: BusDefinition[];
  rules: RuleDefinition[];
  archives: ArchiveDefinition[];
  queues: QueueDefinition[];
  logSubscriptions: LogSubscription[];
  parameters: ParameterDefinition[];
  resourcePolicies: ResourcePolicy[];
  routes: Route[];
  cors: Cors | undefined;
  /** What the stage of the API takes. */
  throttle: Throttle | undefined;
  /** What stands before the API: its rules count only where CloudFront does. */
  edge: Edge & { hasDistribution: boolean };
  /** Id of the user pool's client: the audience of tokens. */
  audience: string | undefined;
  /** Resources, or properties of theirs, that the local run has no counterpart for. */
  unsupported: { stack: string; logicalId: string; type: string }[];
}

/** A model of nothing. */
export function emptyModel(): SystemModel {
  return {
    functions: [],
    asyncConfigs: [],
    mappings: [],
    tables: [],
    buses: [],
    rules: [],
    archives: [],
    queues: [],
    logSubscriptions: [],
    parameters: [],
    resourcePolicies: [],
    routes: [],
    cors: undefined,
    throttle: undefined,
    edge: { hasDistribution: false, rules: [], originHeaders: {} },
    audience: undefined,
    unsupported: [],
  };
}
