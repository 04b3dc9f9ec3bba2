import supergraphSdl from 'graph:supergraph.graphql';
import { join } from 'node:path';
import { PlannedOnDemand, type PlannedOnDemandOptions } from './planned-on-demand.ts';
import { assetFile } from './read-asset.ts';
import { API_SCHEMA } from './registered-operations.ts';

/** A graph whose operations are planned. */
export type PlannedGraph = Pick<PlannedOnDemandOptions, 'supergraphSdl' | 'apiSdl'>;

/** Returns what plans operations over a supergraph: the whole graph, unless another is given. */
export function planOnDemand(
  options: Omit<PlannedOnDemandOptions, keyof PlannedGraph>,
  graph: PlannedGraph = { supergraphSdl, apiSdl: assetFile(join(import.meta.dirname, API_SCHEMA)) },
): PlannedOnDemand {
  return new PlannedOnDemand({ ...graph, ...options });
}
