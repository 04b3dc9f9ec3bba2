import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import type { EventDescription } from '../local/explorer/graph/graph-description.ts';
import { discoverSubgraphs, importable } from './discover.ts';
import { languagesIn } from './published-languages.ts';

/**
 * Prints the events of a graph as JSON, with their consumers: `node build/service-events.ts ROOT`. Runs in its own process, because
 * Node caches modules and the code may have changed.
 */
const [root = ''] = process.argv.slice(2);
const subgraphs = discoverSubgraphs(resolve(root));
const configs = await Promise.all(
  subgraphs.map(async ({ name, path }) => ({ name, config: await configIn(join(path, 'subgraph.config.ts')) })),
);
const published = await Promise.all(
  subgraphs.filter(({ publishes }) => publishes).map(({ path }) => languagesIn(path)),
);
const events = published.flat().flatMap(({ source, schemas }) =>
  Object.keys(schemas).map((type): EventDescription => {
    const consuming = configs.filter(({ config }) => config?.consumes?.[source]?.includes(type));
    return { type, source, consumers: consuming.map(({ name }) => name) };
  }),
);
process.stdout.write(JSON.stringify(events));

async function configIn(file: string): Promise<SubgraphConfig | undefined> {
  return existsSync(file) ? (await import(importable(file))).default : undefined;
}
