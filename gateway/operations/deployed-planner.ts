import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CachingPlanner, type CachingPlannerOptions } from './caching-planner.ts';
import { assetFile } from './read-asset.ts';
import { API_SCHEMA, SUPERGRAPH } from './registered-operations.ts';

/** Schemas of a graph to plan operations for. */
export type PlannedGraph = Pick<CachingPlannerOptions, 'supergraphSdl' | 'apiSdl'>;

/** Returns the planner of a graph, by default the one in the gateway's asset. */
export function createPlanner(
  options: Omit<CachingPlannerOptions, keyof PlannedGraph>,
  graph = graphIn(import.meta.dirname),
): CachingPlanner {
  return new CachingPlanner({ ...graph, ...options });
}

function graphIn(asset: string): PlannedGraph {
  return {
    supergraphSdl: readFileSync(join(asset, SUPERGRAPH), 'utf8'),
    apiSdl: assetFile(join(asset, API_SCHEMA)),
  };
}
