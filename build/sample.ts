import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import { discoverSubgraphs, importable, ROOT, type SubgraphFolder } from './discover.ts';

/** The sample's folder, beside its services: paths from the root. */
export const SAMPLE = 'sample';

/** Whether a project still has the sample. */
export function hasSample(root = ROOT): boolean {
  return existsSync(join(root, SAMPLE));
}

/** The services of the sample: those whose configuration says so. */
export async function sampleServices(root = ROOT): Promise<SubgraphFolder[]> {
  const folders = discoverSubgraphs(root);
  const configs = await Promise.all(folders.map(({ path }) => import(importable(join(path, 'subgraph.config.ts')))));
  return folders.filter((_, i) => (configs[i] as { default: SubgraphConfig }).default.sample);
}
