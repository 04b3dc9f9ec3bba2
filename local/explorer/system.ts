import { typicalFacts } from '../../cost/facts.ts';
import { pricesOf } from '../../cost/prices.ts';
import type { FunctionDescription, SystemDescription } from '../assembly/describe-system.ts';

/** System of which nothing is known. */
export const UNKNOWN_SYSTEM: SystemDescription = { ...typicalFacts(pricesOf()), functions: [] };

/** Memory of a function that does not run on this machine, in MB. */
const TYPICAL_MEMORY = 1_024;

/** Returns a function by its name in the graph; with a typical memory if it is not known. */
export function functionOf(functions: readonly FunctionDescription[], service: string): FunctionDescription {
  // The shortest name: that of a service called `old-books` also ends with `-books`.
  const [found] = functions
    .filter(({ name }) => name.endsWith(`-${service}`))
    .sort((a, b) => a.name.length - b.name.length);
  return found ?? { name: service, memory: TYPICAL_MEMORY };
}
