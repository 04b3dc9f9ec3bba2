import type { Prices } from './prices.ts';

/** How requests enter, from the client inwards. */
export type Door = 'CloudFront' | 'WAF' | 'function URL';

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
}

/** Platform lines and a line of metrics: measured on the local system. */
const TYPICAL_LOG_BYTES = 1_500;

/** Returns the facts of a system of which only the prices are known: a function URL, without archive and consumers of its events. */
export function typicalFacts(prices: Prices): SystemFacts {
  return {
    prices,
    architecture: 'arm64',
    door: ['function URL'],
    events: [],
    isArchived: false,
    logBytes: {},
    typicalLogBytes: TYPICAL_LOG_BYTES,
  };
}
