import type { Program } from '../engine/program.ts';

/**
 * Makes what has subgraphs start that a program needs in a later step, while its first step runs: those that this environment
 * has called before are taken to be warm.
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
