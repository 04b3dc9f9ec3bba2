import { join, relative } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { discoverSubgraphs, ROOT } from './discover.ts';

/** A Lambda to bundle: `dist/<name>/index.cjs` from an entry file. */
export interface Bundle {
  name: string;
  entry: string;
}

/** Which source files each bundle is made of, by its name: paths from the top of the project. */
export type Sources = Map<string, Set<string>>;

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

/** Bundles Lambdas, each into one minified CommonJS file; tells what they are made of. What several share is read once. */
export async function bundle(made: Bundle[]): Promise<Sources> {
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: made.map(({ name, entry }) => ({ in: entry, out: join(name, 'index') })),
    outdir: DIST,
  });
  return new Map(made.map(({ name, entry }) => [name, sourcesOf(relative(ROOT, entry), metafile)]));
}

/** An entry file and all that it imports. */
function sourcesOf(entry: string, { inputs }: Metafile): Set<string> {
  const sources = new Set([entry]);
  for (const source of sources) for (const { path } of inputs[source]?.imports ?? []) sources.add(path);
  return sources;
}

const OPTIONS = {
  bundle: true,
  minify: true,
  metafile: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // One copy of graphql and of Apollo Server: their ES modules would be bundled beside the CommonJS ones.
  mainFields: ['main'],
  conditions: ['require'],
  loader: { '.graphql': 'text' },
  legalComments: 'none',
  logLevel: 'silent',
  absWorkingDir: ROOT,
  alias: { '@apollo/server': join(ROOT, 'node_modules/@apollo/server') },
} satisfies BuildOptions;
