import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import type { ProgramFetch } from './program.ts';
import type { Surroundings } from './run/execution.ts';

/** Hears of the calls of subgraphs for one operation. */
export interface CallWatch {
  /** Hears what is about to be run. */
  planned(fetches: readonly ProgramFetch[]): void;
  /** Hears of a call that some of the fetches share; its answer is what was sent's. */
  follow(service: string, fetches: number[], sent: Promise<SubgraphResponse>): Promise<SubgraphResponse>;
}

/** Sends as before, and lets somebody hear of it. */
export function watchedSend(send: Surroundings['send'], watch: CallWatch | undefined): Surroundings['send'] {
  if (!watch) return send;
  return (service, operation, variables, fetches) =>
    watch.follow(service, fetches, send(service, operation, variables, fetches));
}
