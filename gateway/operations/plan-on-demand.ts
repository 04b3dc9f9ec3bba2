import supergraphSdl from 'graph:supergraph.graphql';
import { PlannedOnDemand, type PlannedOnDemandOptions } from './planned-on-demand.ts';

type Options = Omit<PlannedOnDemandOptions, 'supergraphSdl'> & Partial<Pick<PlannedOnDemandOptions, 'supergraphSdl'>>;

/** Returns what plans operations over a supergraph: the whole graph, unless the options name another. */
export function planOnDemand(options: Options): PlannedOnDemand {
  return new PlannedOnDemand({ supergraphSdl, ...options });
}
