import { join } from 'node:path';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import { discoverSubgraphs, graphName, importable, ROOT } from '../build/discover.ts';
import { schemasPath, serviceName } from '../infra/settings.ts';
import type { DeclaredTable } from './table-check.ts';

/** Returns the tables of subgraphs in a stage, of all subgraphs without names. */
export async function declaredTables(stage: string, names: string[], root = ROOT): Promise<DeclaredTable[]> {
  const place = { graph: graphName(root), stage };
  const selected = discoverSubgraphs(root).filter(({ name }) => names.length === 0 || names.includes(name));
  return Promise.all(
    selected.map(async ({ name, path }) => {
      const { default: config } = (await import(importable(join(path, 'subgraph.config.ts')))) as {
        default: SubgraphConfig;
      };
      return {
        subgraph: name,
        tableName: serviceName(place, name),
        schemaParameter: `${schemasPath(place)}/${name}/1`,
        config: config.table,
      };
    }),
  );
}
