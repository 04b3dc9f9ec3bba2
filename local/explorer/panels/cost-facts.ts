import { createContext } from 'react';
import { type SystemFacts, typicalFacts } from '../../../cost/facts.ts';
import { pricesOf } from '../../../cost/prices.ts';
import type { GraphDescription } from '../graph/graph-description.ts';

/** Facts of the system that the cost of a request depends on. */
export const Facts = createContext<SystemFacts>(typicalFacts(pricesOf()));

const ASYNCHRONOUS = { memory: 1_024, run: 20 };
const WRITES = { readUnits: 0, writeUnits: 3 };
const EVENT_BYTES = 1_024;

/**
 * Returns the facts of a graph: its events reach its consumers. What runs after the answer is assumed: 20 ms for each publisher and
 * consumer, and an item and the id of the event written to each consumer's table.
 */
export function factsOf({ events }: GraphDescription): SystemFacts {
  const flows = events.map(({ source, type, consumers }) => ({
    source,
    type,
    bytes: EVENT_BYTES,
    batch: 1,
    isArchived: true,
    publisher: { ...ASYNCHRONOUS, name: `${source}-publisher`, tables: [] },
    consumers: consumers.map((name) => ({
      ...ASYNCHRONOUS,
      name: `${name}-consumer`,
      tables: [{ table: name, ...WRITES }],
    })),
  }));
  return { ...typicalFacts(pricesOf()), events: flows };
}
