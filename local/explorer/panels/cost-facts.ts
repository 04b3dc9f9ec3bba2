import { createContext } from 'react';
import type { CostLine } from '../../../cost/cost.ts';
import { type FunctionUse, type SystemFacts, typicalFacts } from '../../../cost/facts.ts';
import { pricesOf } from '../../../cost/prices.ts';
import type { SystemDescription } from '../../assembly/describe-system.ts';
import type { GraphDescription } from '../graph/graph-description.ts';
import { functionOf } from '../system.ts';
import { bytes, counted } from './format.ts';

/** Facts of the system that the cost of a request depends on. */
export const Facts = createContext<SystemFacts>(typicalFacts(pricesOf()));

/** Work after the answer, which the explanation does not include. */
const ASSUMED = { run: 20, writeUnits: 3, eventBytes: 1_024 };

/** Returns the facts of a running system and its graph: its events reach their consumers. */
export function factsOf({ events }: GraphDescription, { door, isArchived, functions }: SystemDescription): SystemFacts {
  const use = (service: string, writes: boolean): FunctionUse => {
    const { name, memory } = functionOf(functions, service);
    const table = name.replace(/-consumer$/, '');
    const tables = writes ? [{ table, readUnits: 0, writeUnits: ASSUMED.writeUnits }] : [];
    return { name, memory, run: ASSUMED.run, tables };
  };
  const flows = events.map(({ source, type, consumers }) => ({
    source,
    type,
    bytes: ASSUMED.eventBytes,
    batch: 1,
    publisher: use(`${source}-publisher`, false),
    consumers: consumers.map((name) => use(`${name}-consumer`, true)),
  }));
  return { ...typicalFacts(pricesOf()), door, isArchived, events: flows };
}

/** Returns what the lines of a cost assume. */
export function assumptionsOf(lines: readonly CostLine[], { typicalLogBytes }: SystemFacts): string[] {
  const { run, writeUnits, eventBytes } = ASSUMED;
  return [
    ...(lines.some(({ part }) => part === 'logs') ? [`${bytes(typicalLogBytes)} of log for each invocation`] : []),
    ...(lines.some(({ event }) => event)
      ? [
          `${bytes(eventBytes)} for each event`,
          `${run} ms for each publisher and consumer`,
          `${counted(writeUnits, 'write unit')} for each event in a consumer's table`,
        ]
      : []),
  ];
}
