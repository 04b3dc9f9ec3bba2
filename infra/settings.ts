import type { SafelistMode } from '#platform/safelist.ts';
import { LOCAL_ORIGINS } from '../gateway/http/cors.ts';

/** Requests of one sender in five minutes, the most that are answered. */
export interface RateLimits {
  perAddress: number;
  perViewer: number;
}

/** The graph in Apollo Studio that hears how the gateway is used. */
export interface Studio {
  /** `NAME@VARIANT` */
  graphRef: string;
  /** The share of operations, from 0 to 1, of which subgraphs tell how long each field took. */
  tracedShare: number;
  /** Where reports go; Apollo's own address if it is left out. */
  ingress?: string;
}

/** What differs between stages, and the names that the system goes by. */
export interface Settings {
  /** The graph's name: first part of each stack's, function's and table's name. */
  graph: string;
  stage: string;
  /** Whether clients may read the schema from the gateway. */
  introspection: boolean;
  safelist: SafelistMode;
  /** Whether a gateway that has just started has the subgraphs start that an operation needs later, while its first step runs. */
  preWarm: boolean;
  /** Whether functions have the layer of AWS's OpenTelemetry, which sends their spans to X-Ray: it makes cold starts longer. */
  tracing: boolean;
  /** Pages of other origins that may call the API, and what they may send beside the headers that every client sends. */
  cors: { origins: readonly string[]; requestHeaders?: readonly string[] };
  /** Days that logs are kept: a value CloudWatch knows. */
  logRetentionDays: number;
  /** Requests a second, and at once, that the API takes. */
  throttle: { rate: number; burst: number };
  /** Whether the API has CloudFront with a firewall before it, and what that lets through. */
  edge?: RateLimits;
  /** The API's own name, with a certificate for it in us-east-1; only with `edge`. */
  domain?: { name: string; certificateArn: string };
  /** Left out, nothing is told to anybody. */
  studio?: Studio;
  /** How traffic moves to a new version of a function: at once, or a tenth of it for five minutes first. */
  deployment: 'allAtOnce' | 'canary';
  /** Whether stacks, tables and users are held against deletion. */
  protected: boolean;
}

const STAGES = {
  dev: {
    introspection: true,
    safelist: 'off',
    preWarm: false,
    tracing: false,
    cors: { origins: ['https://studio.apollographql.com', ...LOCAL_ORIGINS] },
    logRetentionDays: 7,
    throttle: { rate: 1_000, burst: 2_000 },
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
    throttle: { rate: 2_000, burst: 4_000 },
    // Many people may share an address; what a token's owner does, one person does.
    edge: { perAddress: 6_000, perViewer: 1_500 },
    deployment: 'canary',
    protected: true,
  },
} satisfies Record<string, Omit<Settings, 'graph' | 'stage'>>;

/** The settings of a stage; throws if there is no such stage. */
export function settingsFor(graph: string, stage: string): Settings {
  checkStage(stage);
  return { graph, stage, ...STAGES[stage] };
}

/** Throws an error that names the stages there are, if this is none of them. */
export function checkStage(stage: string): asserts stage is keyof typeof STAGES {
  if (!(stage in STAGES))
    throw new Error(`There is no stage "${stage}": choose one of ${Object.keys(STAGES).join(', ')}`);
}

/** The name of what belongs to one service: its stack, its function and its table are called the same. */
export function serviceName({ graph, stage }: Pick<Settings, 'graph' | 'stage'>, service: string): string {
  return `${graph}-${stage}-${service}`;
}

/** The namespace of the metrics that services make of their requests. */
export function metricsNamespace(settings: Pick<Settings, 'graph' | 'stage'>): string {
  return serviceName(settings, 'graph');
}

/** The name of the secret in Secrets Manager that holds the key of the graph in Apollo Studio. */
export function apolloKeyName(settings: Pick<Settings, 'graph' | 'stage'>): string {
  return serviceName(settings, 'apollo-key');
}

/** The name of the bus that carries events between services: they find it by this. */
export function eventBusName(settings: Pick<Settings, 'graph' | 'stage'>): string {
  return serviceName(settings, 'events');
}

/** The name of the archive of all events. */
export function eventArchiveName(settings: Pick<Settings, 'graph' | 'stage'>): string {
  return serviceName(settings, 'events');
}

/** The name of the rule that takes a publisher's events to a consumer. */
export function eventRuleName(
  settings: Pick<Settings, 'graph' | 'stage'>,
  consumer: string,
  publisher: string,
): string {
  return serviceName(settings, `${consumer}-from-${publisher}`);
}

/** Where in SSM subgraphs publish the schemas that they are deployed with: `PATH/SUBGRAPH/PART`. */
export function schemasPath({ graph, stage }: Pick<Settings, 'graph' | 'stage'>): string {
  return `/${graph}/${stage}/schemas`;
}
