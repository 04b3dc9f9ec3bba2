import type { SafelistMode } from '#platform/safelist.ts';
import { LOCAL_ORIGINS } from '../gateway/http/cors.ts';

/** Maximum requests per sender in five minutes. */
export interface RateLimits {
  perAddress: number;
  perViewer: number;
}

/** Usage reporting to Apollo Studio. */
export interface Studio {
  /** `NAME@VARIANT` */
  graphRef: string;
  /** Fraction of operations, 0 to 1, with field timings from subgraphs. */
  tracedShare: number;
  /** Report URL; default: Apollo's. */
  ingress?: string;
}

/** Settings of subscriptions over WebSockets. */
export interface SubscriptionSettings {
  /** Messages of clients that are handled at once, reserved in the account; API Gateway answers more with an error. */
  connectionConcurrency: number;
  /** Invocations that deliver events at once, at least 2. */
  deliveries: number;
  /** Throttle of handshakes and messages of all clients, https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html */
  messagesPerSecond: number;
  messageBurst: number;
  /** Access log of handshakes and messages; the account's API Gateway settings must have a role for it. */
  accessLogs: boolean;
}

/** Settings of a graph in a stage. */
export interface Settings {
  /** Name of the graph, the prefix of all resource names. */
  graph: string;
  stage: string;
  /** Whether clients may introspect the schema. */
  introspection: boolean;
  safelist: SafelistMode;
  /** Whether a cold gateway starts the subgraphs of later steps while the first step runs. */
  preWarm: boolean;
  /** Whether functions send spans to X-Ray, by AWS's OpenTelemetry layer; prolongs cold starts. */
  tracing: boolean;
  /** Allowed web origins, and request headers besides the common ones; `*` for every header. */
  cors: { origins: readonly string[]; requestHeaders?: readonly string[] };
  /** One of CloudWatch's retention values. */
  logRetentionDays: number;
  /**
   * Requests that the gateway handles at once, reserved in the account: Lambda answers more with 429, and more than ten times
   * as many a second.
   */
  gatewayConcurrency: number;
  /** Maximum bytes of a response before compression, at most 200 MB; a function URL sends 6 MB at once and the rest at 2 MB/s. */
  responseBytes: number;
  /** Whether the gateway compresses its responses. */
  compression: boolean;
  /** Used by graphs with subscriptions. */
  subscriptions: SubscriptionSettings;
  /** CloudFront with a firewall in front of the API; undefined without. */
  edge?: RateLimits;
  /** Custom domain, with a certificate in us-east-1; needs `edge`. */
  domain?: { name: string; certificateArn: string };
  /** Undefined: no usage reporting. */
  studio?: Studio;
  /** Traffic shift to new versions: at once, or a tenth for five minutes first. */
  deployment: 'allAtOnce' | 'canary';
  /** Deletion protection of stacks, tables and users. */
  protected: boolean;
}

const STAGES = {
  dev: {
    introspection: true,
    safelist: 'off',
    preWarm: false,
    tracing: false,
    // In Explorer, users add headers of their own.
    cors: { origins: ['https://studio.apollographql.com', ...LOCAL_ORIGINS], requestHeaders: ['*'] },
    logRetentionDays: 7,
    gatewayConcurrency: 100,
    responseBytes: 60_000_000,
    compression: true,
    subscriptions: {
      connectionConcurrency: 50,
      deliveries: 10,
      messagesPerSecond: 500,
      messageBurst: 1_000,
      accessLogs: false,
    },
    deployment: 'allAtOnce',
    protected: false,
  },
  prod: {
    introspection: false,
    safelist: 'log',
    preWarm: false,
    tracing: false,
    cors: { origins: [] },
    logRetentionDays: 90,
    gatewayConcurrency: 200,
    responseBytes: 60_000_000,
    // Not before a deployment has shown that CloudFront gets what a streaming function URL compresses: gateway/README.md.
    compression: false,
    subscriptions: {
      connectionConcurrency: 100,
      deliveries: 50,
      messagesPerSecond: 2_000,
      messageBurst: 4_000,
      accessLogs: false,
    },
    // Many users may share an IP address; a token belongs to one user.
    edge: { perAddress: 6_000, perViewer: 1_500 },
    deployment: 'canary',
    protected: true,
  },
} satisfies Record<string, Omit<Settings, 'graph' | 'stage'>>;

/** Returns the settings of a stage; throws if the stage is unknown. */
export function settingsFor(graph: string, stage: string): Settings {
  checkStage(stage);
  return { graph, stage, ...STAGES[stage] };
}

/** Throws an error that lists the stages if this one is unknown. */
export function checkStage(stage: string): asserts stage is keyof typeof STAGES {
  if (!(stage in STAGES))
    throw new Error(`There is no stage "${stage}": choose one of ${Object.keys(STAGES).join(', ')}`);
}

/** Returns the resource name of a service, shared by its stack, function and table. */
export function serviceName({ graph, stage }: Pick<Settings, 'graph' | 'stage'>, service: string): string {
  return `${graph}-${stage}-${service}`;
}

/** Returns the CloudWatch namespace of the services' metrics. */
export function metricsNamespace(settings: Pick<Settings, 'graph' | 'stage'>): string {
  return serviceName(settings, 'graph');
}

/** Returns the name of the secret with the Apollo Studio API key. */
export function apolloKeyName(settings: Pick<Settings, 'graph' | 'stage'>): string {
  return serviceName(settings, 'apollo-key');
}

/** Returns the name of the event bus. */
export function eventBusName(settings: Pick<Settings, 'graph' | 'stage'>): string {
  return serviceName(settings, 'events');
}

/** Returns the name of the event archive. */
export function eventArchiveName(settings: Pick<Settings, 'graph' | 'stage'>): string {
  return serviceName(settings, 'events');
}

/** Returns the name of the event rule from a publisher to a consumer. */
export function eventRuleName(
  settings: Pick<Settings, 'graph' | 'stage'>,
  consumer: string,
  publisher: string,
): string {
  return serviceName(settings, `${consumer}-from-${publisher}`);
}

/** Returns the SSM path of the deployed schemas, at `PATH/SUBGRAPH/PART`. */
export function schemasPath({ graph, stage }: Pick<Settings, 'graph' | 'stage'>): string {
  return `/${graph}/${stage}/schemas`;
}
