import type { Program } from '../engine/program.ts';

/**
 * Returns a function that pings the subgraphs of a program's later steps, so that their cold starts overlap with the first
 * step. Subgraphs that this environment has called before are assumed to be warm.
 */
export function preWarming(ping: (service: string) => void): (program: Program) => void {
  const started = new Set<string>();
  return ({ fetches }) => {
    for (const { service, after } of fetches) {
      if (started.has(service)) continue;
      started.add(service);
      if (after.length > 0) ping(service);
    }
  };
}
