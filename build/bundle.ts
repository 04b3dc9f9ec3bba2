import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { discoverSubgraphs, ROOT } from './discover.ts';

/** A Lambda to bundle: `dist/<name>/index.cjs` from an entry file. */
export interface Bundle {
  name: string;
  entry: string;
}

/** Where bundles are written. */
export const DIST = join(ROOT, 'dist');

/** Every Lambda of the system: the gateway, the publisher that all who publish share, each subgraph and each consumer. */
export function bundles(): Bundle[] {
  const subgraphs = discoverSubgraphs();
  return [
    { name: 'gateway', entry: join(ROOT, 'gateway', 'handler.ts') },
    { name: 'publisher', entry: join(ROOT, 'platform', 'publisher.ts') },
    ...subgraphs.map(({ name, path }) => ({ name, entry: join(path, 'handler.ts') })),
    ...subgraphs
      .filter(({ consumes }) => consumes)
      .map(({ name, path }) => ({ name: `${name}-consumer`, entry: join(path, 'consumer.ts') })),
  ];
}

/** Bundles one Lambda into one minified CommonJS file and returns what it is made of. */
export async function bundle({ name, entry }: Bundle): Promise<Metafile> {
  const { metafile } = await build({ ...OPTIONS, entryPoints: [entry], outfile: join(DIST, name, 'index.cjs') });
  return metafile;
}

const OPTIONS = {
  bundle: true,
  minify: true,
  metafile: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  // One copy of graphql and of Apollo Server: their ES modules would be bundled beside the CommonJS ones.
  mainFields: ['main'],
  conditions: ['require'],
  loader: { '.graphql': 'text' },
  legalComments: 'none',
  logLevel: 'silent',
  absWorkingDir: ROOT,
  alias: { '@apollo/server': join(ROOT, 'node_modules/@apollo/server') },
} satisfies BuildOptions;
