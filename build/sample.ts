import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import { discoverSubgraphs, importable, ROOT, type SubgraphFolder } from './discover.ts';

/** The sample's graph folder, relative to the root. */
export const SAMPLE = 'sample';

/** Whether the project has the sample. */
export function hasSample(root = ROOT): boolean {
  return existsSync(join(root, SAMPLE));
}

/** Returns the services marked `sample: true`. */
export async function sampleServices(root = ROOT): Promise<SubgraphFolder[]> {
  const folders = discoverSubgraphs(root);
  const configs = await Promise.all(folders.map(({ path }) => import(importable(join(path, 'subgraph.config.ts')))));
  return folders.filter((_, i) => (configs[i] as { default: SubgraphConfig }).default.sample);
}
