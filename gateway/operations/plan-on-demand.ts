import supergraphSdl from 'graph:supergraph.graphql';
import { join } from 'node:path';
import { PlannedOnDemand, type PlannedOnDemandOptions } from './planned-on-demand.ts';
import { assetFile } from './read-asset.ts';
import { API_SCHEMA } from './registered-operations.ts';

/** The schemas of a graph to plan operations for. */
export type PlannedGraph = Pick<PlannedOnDemandOptions, 'supergraphSdl' | 'apiSdl'>;

/** Returns the planner of a graph, by default the one bundled with the gateway. */
export function planOnDemand(
  options: Omit<PlannedOnDemandOptions, keyof PlannedGraph>,
  graph: PlannedGraph = { supergraphSdl, apiSdl: assetFile(join(import.meta.dirname, API_SCHEMA)) },
): PlannedOnDemand {
  return new PlannedOnDemand({ ...graph, ...options });
}
