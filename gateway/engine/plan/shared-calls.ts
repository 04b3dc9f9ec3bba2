import { fetchLevels } from '../fetch-levels.ts';
import type { ProgramFetch } from '../program.ts';
import type { PlannedFetch } from './fetches.ts';

/**
 * Assigns fetches to calls: entity fetches from one subgraph at the same level of the plan share a call, unless they serve
 * different parts of an incremental response. A fetch without dependents is postponed to a later call of its subgraph, which
 * does not delay the response.
 */
export function assignCalls(fetches: PlannedFetch[]): ProgramFetch[] {
  const levels = fetchLevels(fetches);
  if (fetches.every(({ kind }) => kind === 'query')) postponeLast(fetches, levels);
  const calls = new Map<string, number>();
  return fetches.map((fetch, index) => {
    const key = fetch.entities ? `${levels[index]} ${fetch.service} ${fetch.deferred}` : `root fetch ${index}`;
    const call = calls.get(key) ?? calls.size;
    calls.set(key, call);
    return { ...fetch, call };
  });
}

function postponeLast(fetches: PlannedFetch[], levels: number[]): void {
  const awaited = new Set(fetches.flatMap(({ after }) => after));
  const joins = fetches.map(({ entities }, index) => (entities ? index : -1)).filter((index) => index >= 0);
  for (const index of joins.filter((each) => !awaited.has(each))) {
    const { service, deferred } = fetches[index] ?? {};
    const later = joins
      .filter((other) => fetches[other]?.service === service && fetches[other]?.deferred === deferred)
      .map((other) => levels[other] ?? 0);
    levels[index] = Math.max(levels[index] ?? 0, ...later);
  }
}
