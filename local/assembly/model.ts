import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { AlarmDefinition } from '../aws/alarms/alarm-definition.ts';
import type { AliasDeployment, DeploymentConfig, DeploymentGroup } from '../aws/codedeploy/deployment.ts';
import type { ArchiveDefinition, BusDefinition, RuleDefinition } from '../aws/events/event-bus.ts';
import type { PolicyStatement } from '../aws/iam/policy.ts';
import type { ResourceStatement } from '../aws/iam/resource-policy.ts';
import type { AsyncConfig } from '../aws/lambda/async-invocations.ts';
import type { FunctionDefinition } from '../aws/lambda/function-definition.ts';
import type { QueueMappingDefinition } from '../aws/lambda/queue-mapping.ts';
import type { MappingDefinition } from '../aws/lambda/stream-mapping.ts';
import type { EmailSubscription, TopicDefinition } from '../aws/sns/topics.ts';
import type { QueueDefinition } from '../aws/sqs/queue-store.ts';
import type { Edge } from '../http/cloudfront.ts';
import type { FunctionUrl } from '../http/function-url.ts';
import type { WebSocketApiDefinition } from '../http/websocket/definition.ts';
import type { LogSubscription } from '../logs/log-subscriptions.ts';

/** A function and its role's policies. */
export interface LocalFunction extends FunctionDefinition {
  policies: PolicyStatement[];
  /** Name of the queue for failed asynchronous events. */
  deadLetterQueue: string | undefined;
}

export interface LocalTable {
  name: string;
  create: CreateTableCommandInput;
  /** Attribute with an item's expiry time in epoch seconds. */
  timeToLive?: string;
}

/** Asynchronous invocation settings of one alias or version. */
export interface LocalAsyncConfig extends AsyncConfig {
  functionName: string;
  qualifier: string;
  /** Name of the queue that receives a record of each failed event. */
  failureQueue: string | undefined;
}

/** An SSM parameter. */
export interface ParameterDefinition {
  name: string;
  value: string;
}

/** Resource-based policy of a function, queue or topic. */
export interface ResourcePolicy {
  /** ARN of a function, alias, queue or topic. */
  resource: string;
  statements: ResourceStatement[];
}

/** The resources of a cloud assembly, as the local run uses them. */
export interface SystemModel {
  functions: LocalFunction[];
  asyncConfigs: LocalAsyncConfig[];
  /** Event source mappings of tables' streams. */
  mappings: MappingDefinition[];
  queueMappings: QueueMappingDefinition[];
  tables: LocalTable[];
  buses: BusDefinition[];
  rules: RuleDefinition[];
  archives: ArchiveDefinition[];
  queues: QueueDefinition[];
  logSubscriptions: LogSubscription[];
  parameters: ParameterDefinition[];
  resourcePolicies: ResourcePolicy[];
  alarms: AlarmDefinition[];
  topics: TopicDefinition[];
  emailSubscriptions: EmailSubscription[];
  deploymentGroups: DeploymentGroup[];
  deploymentConfigs: DeploymentConfig[];
  aliasDeployments: AliasDeployment[];
  /** The address of the API. */
  url: FunctionUrl | undefined;
  webSocketApi: WebSocketApiDefinition | undefined;
  /** CloudFront and its firewall; the rules apply only if there is a distribution. */
  edge: Edge & { hasDistribution: boolean };
  /** Id of the user pool client: the audience of tokens. */
  audience: string | undefined;
  /** Resources and properties that the local run does not support. */
  unsupported: { stack: string; logicalId: string; type: string }[];
}

export function emptyModel(): SystemModel {
  return {
    functions: [],
    asyncConfigs: [],
    mappings: [],
    queueMappings: [],
    tables: [],
    buses: [],
    rules: [],
    archives: [],
    queues: [],
    logSubscriptions: [],
    parameters: [],
    resourcePolicies: [],
    alarms: [],
    topics: [],
    emailSubscriptions: [],
    deploymentGroups: [],
    deploymentConfigs: [],
    aliasDeployments: [],
    url: undefined,
    webSocketApi: undefined,
    edge: { hasDistribution: false, rules: [], originHeaders: {} },
    audience: undefined,
    unsupported: [],
  };
}
