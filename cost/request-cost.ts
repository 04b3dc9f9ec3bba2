import type { Explanation, FunctionRun } from '#platform/telemetry/explanation.ts';
import { type CostLine, GB, line, type Part } from './cost.ts';
import type { EventFlow, FunctionUse, SystemFacts } from './facts.ts';
import type { PriceName } from './prices.ts';

/** Sizes of one request, in bytes. */
export interface RequestSizes {
  request: number;
  response: number;
}

const KB = 1024;
const HTTP_API_INCREMENT = 512 * KB;
const EVENT_INCREMENT = 64 * KB;
/** CloudWatch adds 26 bytes to each log event; about four lines per invocation. */
const LOG_OVERHEAD = 4 * 26;

/** Returns the cost of one measured request, line by line. */
export function costOf(explanation: Explanation, sizes: RequestSizes, facts: SystemFacts): CostLine[] {
  const runs = [explanation.gateway, ...explanation.calls.flatMap(({ function: run }) => run ?? [])];
  return [
    ...doorCost(sizes, facts),
    ...runs.flatMap((run) => functionCost(run, facts)),
    ...runs.flatMap((run) => run.events.flatMap((type) => eventCost(flowOf(run, type, facts), facts))),
  ];
}

/** Returns the cost of what an event causes: its publication, its delivery, and the work of its consumers. */
export function eventCost(flow: EventFlow, facts: SystemFacts): CostLine[] {
  const { source, type, bytes, publisher, batch, isArchived, consumers } = flow;
  const name = `${source}.${type}`;
  const priced = (price: PriceName, quantity: number) => line(facts.prices, 'events', name, price, quantity);
  const lines = [
    priced('streamRead', 1 / batch),
    priced('event', increments(bytes, EVENT_INCREMENT)),
    ...(isArchived ? [priced('archivedEvent', bytes / GB)] : []),
    ...(publisher ? shareOf(functionCost(publisher, facts), 1 / batch) : []),
    ...consumers.flatMap((consumer) => functionCost(consumer, facts)),
  ];
  return lines.map((each) => ({ ...each, event: name }));
}

/** Returns the cost of one invocation and of its use of tables. */
export function functionCost(run: FunctionUse & Pick<Partial<FunctionRun>, 'init'>, facts: SystemFacts): CostLine[] {
  const { name, memory, tables } = run;
  const { prices, architecture, logBytes, typicalLogBytes } = facts;
  const milliseconds = Math.ceil(run.run + (run.init ?? 0));
  const priced = (part: Part, price: PriceName, quantity: number, of = name) => line(prices, part, of, price, quantity);
  return [
    priced('function requests', 'lambdaRequest', 1),
    priced('compute', architecture === 'arm64' ? 'lambdaArm' : 'lambdaX86', (milliseconds / 1_000) * (memory / 1_024)),
    priced('logs', 'logIngestion', ((logBytes[name] ?? typicalLogBytes) + LOG_OVERHEAD) / GB),
    ...tables.flatMap(({ table, readUnits, writeUnits }) => [
      ...(readUnits > 0 ? [priced('reads', 'readUnit', readUnits, table)] : []),
      ...(writeUnits > 0 ? [priced('writes', 'writeUnit', writeUnits, table)] : []),
    ]),
  ];
}

/** Returns the cost of a request at the door, and of its response to the internet. */
export function doorCost(
  { request, response }: RequestSizes,
  { prices, door, accessLogBytes }: SystemFacts,
): CostLine[] {
  const priced = (price: PriceName, quantity: number, name: string) => line(prices, 'door', name, price, quantity);
  const calls = increments(Math.max(request, response), HTTP_API_INCREMENT);
  const perRequest: Record<SystemFacts['door'][number], CostLine[]> = {
    CloudFront: [priced('cloudFrontRequest', 1, 'CloudFront'), priced('cloudFrontOut', response / GB, 'CloudFront')],
    WAF: [priced('wafRequest', 1, 'WAF')],
    'HTTP API': [priced('httpApiRequest', calls, 'HTTP API')],
    'function URL': [priced('functionUrlRequest', 1, 'function URL')],
  };
  return [
    ...door.flatMap((each) => perRequest[each]),
    // The way from AWS to CloudFront is free.
    ...(door.includes('CloudFront') ? [] : [priced('dataOut', response / GB, 'data out')]),
    ...(door.includes('HTTP API') ? [line(prices, 'logs', 'HTTP API', 'logIngestion', accessLogBytes / GB)] : []),
  ];
}

/** Returns the flow of an event that a function wrote; without known consumers if the system has none. */
function flowOf({ name }: FunctionRun, type: string, { events }: SystemFacts): EventFlow {
  const flow = events.find((each) => each.type === type && name.endsWith(`-${each.source}`));
  return flow ?? { source: name, type, bytes: KB, batch: 1, isArchived: false, consumers: [] };
}

function shareOf(lines: CostLine[], share: number): CostLine[] {
  return lines.map((each) => ({ ...each, quantity: each.quantity * share, dollars: each.dollars * share }));
}

function increments(bytes: number, size: number): number {
  return Math.max(1, Math.ceil(bytes / size));
}
