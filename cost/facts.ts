import type { Prices } from './prices.ts';

/** How requests enter, from the client inwards. */
export type Door = 'CloudFront' | 'WAF' | 'HTTP API' | 'function URL';

/** Use of one function per invocation. */
export interface FunctionUse {
  /** Lambda's name of the function. */
  name: string;
  /** MB. */
  memory: number;
  /** Handler, in milliseconds. */
  run: number;
  /** Use of its table, in request units. */
  tables: { table: string; readUnits: number; writeUnits: number }[];
}

/** One event on its way from an outbox to the consumers. */
export interface EventFlow {
  /** Service that publishes it, and its type. */
  source: string;
  type: string;
  /** Bytes on the bus. */
  bytes: number;
  /** Absent if no publisher is known. */
  publisher?: FunctionUse;
  /** Events per invocation of the publisher; more at higher rates. */
  batch: number;
  consumers: FunctionUse[];
}

/** Facts of a system that the cost of a request depends on. */
export interface SystemFacts {
  prices: Prices;
  architecture: 'arm64' | 'x86_64';
  door: readonly Door[];
  events: readonly EventFlow[];
  /** Whether the bus has an archive. */
  isArchived: boolean;
  /** Bytes of log per invocation, by function's name. */
  logBytes: Readonly<Record<string, number>>;
  /** Bytes of log per invocation of other functions. */
  typicalLogBytes: number;
  /** Bytes of access log per request. */
  accessLogBytes: number;
}

/** Platform lines and a line of metrics: measured on the local system. */
const TYPICAL_LOG_BYTES = 1_500;
const ACCESS_LOG_BYTES = 250;

/** Returns the facts of a system of which only the prices are known: an HTTP API, without archive and consumers of its events. */
export function typicalFacts(prices: Prices): SystemFacts {
  return {
    prices,
    architecture: 'arm64',
    door: ['HTTP API'],
    events: [],
    isArchived: false,
    logBytes: {},
    typicalLogBytes: TYPICAL_LOG_BYTES,
    accessLogBytes: ACCESS_LOG_BYTES,
  };
}
