import supergraphSdl from 'graph:supergraph.graphql';
import { join } from 'node:path';
import { CachingPlanner, type CachingPlannerOptions } from './caching-planner.ts';
import { assetFile } from './read-asset.ts';
import { API_SCHEMA } from './registered-operations.ts';

/** Schemas of a graph to plan operations for. */
export type PlannedGraph = Pick<CachingPlannerOptions, 'supergraphSdl' | 'apiSdl'>;

/** Returns the planner of a graph, by default the one bundled with the gateway. */
export function createPlanner(
  options: Omit<CachingPlannerOptions, keyof PlannedGraph>,
  graph: PlannedGraph = { supergraphSdl, apiSdl: assetFile(join(import.meta.dirname, API_SCHEMA)) },
): CachingPlanner {
  return new CachingPlanner({ ...graph, ...options });
}
