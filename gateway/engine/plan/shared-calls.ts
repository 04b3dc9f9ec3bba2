import type { ProgramFetch } from '../program.ts';
import type { PlannedFetch } from './fetches.ts';

/**
 * Decides which fetches share a call: joins to one subgraph at the same level of the plan. A fetch that nothing else
 * waits for goes later if its subgraph is called then anyway: no answer comes later for it.
 */
export function withCalls(fetches: PlannedFetch[]): ProgramFetch[] {
  const levels = levelsOf(fetches);
  if (fetches.every(({ kind }) => kind === 'query')) postponeLast(fetches, levels);
  const calls = new Map<string, number>();
  return fetches.map((fetch, index) => {
    const key = fetch.entities ? `${levels[index]} ${fetch.service}` : `${index} alone`;
    const call = calls.get(key) ?? calls.size;
    calls.set(key, call);
    return { ...fetch, call };
  });
}

/** How many fetches must come before each. */
function levelsOf(fetches: PlannedFetch[]): number[] {
  const levels: number[] = [];
  for (const { after } of fetches) levels.push(Math.max(-1, ...after.map((each) => levels[each] ?? 0)) + 1);
  return levels;
}

function postponeLast(fetches: PlannedFetch[], levels: number[]): void {
  const awaited = new Set(fetches.flatMap(({ after }) => after));
  const joins = fetches.map(({ entities }, index) => (entities ? index : -1)).filter((index) => index >= 0);
  for (const index of joins.filter((each) => !awaited.has(each))) {
    const later = joins
      .filter((other) => fetches[other]?.service === fetches[index]?.service)
      .map((other) => levels[other] ?? 0);
    levels[index] = Math.max(levels[index] ?? 0, ...later);
  }
}
