import type { Explanation, FunctionRun } from '#platform/telemetry/explanation.ts';
import { type CostLine, line } from './cost.ts';
import { doorCost, type RequestSizes } from './door-cost.ts';
import type { EventFlow, FunctionUse, SystemFacts } from './facts.ts';
import { busCost, totalsCost } from './operation-use.ts';

/** Bytes of an event of unknown size. */
const TYPICAL_EVENT = 1_024;
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
  const { source, type, bytes, publisher, batch, consumers } = flow;
  const name = `${source}.${type}`;
  const lines = [
    line(facts.prices, 'events', name, 'streamRead', 1 / batch),
    ...busCost({ name, count: 1, bytes }, facts),
    ...(publisher ? shareOf(functionCost(publisher, facts), 1 / batch) : []),
    ...consumers.flatMap((consumer) => functionCost(consumer, facts)),
  ];
  return lines.map((each) => ({ ...each, event: name }));
}

/** Returns the cost of one invocation and of its use of tables. */
export function functionCost(run: FunctionUse & Pick<Partial<FunctionRun>, 'init'>, facts: SystemFacts): CostLine[] {
  const { name, memory, tables, init = 0 } = run;
  const logBytes = (facts.logBytes[name] ?? facts.typicalLogBytes) + LOG_OVERHEAD;
  const milliseconds = Math.ceil(run.run + init);
  return totalsCost({ name, memory, invocations: 1, milliseconds, init, logBytes, tables }, facts);
}

/** Returns the flow of an event that a function wrote; without known consumers if the system has none. */
function flowOf({ name }: FunctionRun, type: string, { events }: SystemFacts): EventFlow {
  const flow = events.find((each) => each.type === type && name.endsWith(`-${each.source}`));
  return flow ?? { source: name, type, bytes: TYPICAL_EVENT, batch: 1, consumers: [] };
}

function shareOf(lines: CostLine[], share: number): CostLine[] {
  return lines.map((each) => ({ ...each, quantity: each.quantity * share, dollars: each.dollars * share }));
}
