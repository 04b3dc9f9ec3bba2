import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type BuildOptions, build, type Metafile, type TransformOptions, transform } from 'esbuild';
import { discoverSubgraphs, outputOf, ROOT } from './discover.ts';
import { graphModules } from './graph-modules.ts';
import { leanModules } from './lean-modules.ts';

/** A Lambda to bundle: `index.cjs` in a folder of the build, which runs `main.cjs`, from an entry file. */
export interface Bundle {
  name: string;
  entry: string;
  /** Root of the graph that it is a part of. */
  root: string;
  /** What it imports by `import()` lies in files of its own, which are read when they are needed: `<part>.cjs`. */
  inParts?: true;
  /** Nobody waits for it to start: V8's code of it is not compiled ahead. */
  mayStartSlowly?: true;
}

/** Which source files each bundle is made of, by its name: paths from the top of the project. */
export type Sources = Map<string, Set<string>>;

/** Where the project's bundles are written. */
export const DIST = outputOf();

/** The folder of a bundle, which is the asset of its Lambdas. */
export function assetOf({ name, root }: Pick<Bundle, 'name' | 'root'>): string {
  return join(outputOf(root), name);
}

/**
 * Every Lambda of a graph: the gateway with its reporter and its check, the publisher that all share, each subgraph and consumer.
 * None for a graph that has no subgraph yet.
 */
export function bundles(root = ROOT): Bundle[] {
  const subgraphs = discoverSubgraphs(root);
  if (subgraphs.length === 0) return [];
  const all: Omit<Bundle, 'root'>[] = [
    { name: 'gateway', entry: join(ROOT, 'gateway', 'handler.ts'), inParts: true },
    { name: 'usage-reporter', entry: join(ROOT, 'gateway', 'usage', 'reporter', 'handler.ts'), mayStartSlowly: true },
    { name: 'schema-check', entry: join(ROOT, 'schema-check', 'lambda', 'handler.ts'), mayStartSlowly: true },
    { name: 'publisher', entry: join(ROOT, 'platform', 'publisher.ts') },
    ...subgraphs.map(({ name, path }) => ({ name, entry: join(path, 'handler.ts'), inParts: true as const })),
    ...subgraphs
      .filter(({ consumes }) => consumes)
      .map(({ name, path }) => ({ name: `${name}-consumer`, entry: join(path, 'consumer.ts') })),
  ];
  return all.map((each) => ({ ...each, root }));
}

/** Bundles Lambdas, minified CommonJS; tells what they are made of. What several share is read once. */
export async function bundle(made: Bundle[]): Promise<Sources> {
  const whole = made.filter(({ inParts }) => !inParts);
  const inParts = made.filter((each) => each.inParts);
  const all = await Promise.all([bundleWhole(whole), ...inParts.map(bundleInParts)]);
  for (const each of made) {
    const asset = assetOf(each);
    // What was compiled is of the code that was there before.
    for (const old of readdirSync(asset)) if (old.endsWith('.cache')) rmSync(join(asset, old));
    copyFileSync(LOADER, join(asset, 'index.cjs'));
  }
  return new Map(made.map(({ name, entry }) => [name, sourcesOf(relative(ROOT, entry), all)]));
}

/** What one bundle is made of, part by part; nothing is written. */
export async function metafileOf({ entry, root, inParts }: Bundle): Promise<Metafile> {
  const how = inParts ? { format: 'esm' as const, splitting: true } : { format: 'cjs' as const };
  const entryPoints = [{ in: entry, out: 'main' }];
  const { metafile } = await build({
    ...OPTIONS,
    ...how,
    plugins: [leanModules, graphModules(root)],
    entryPoints,
    outdir: DIST,
    write: false,
  });
  return metafile;
}

/** Each in one file. */
async function bundleWhole(made: Bundle[]): Promise<Metafile> {
  const { metafile } = await build({
    ...OPTIONS,
    plugins: [leanModules],
    format: 'cjs',
    // V8's compiled code has no `import()`.
    supported: { 'dynamic-import': false },
    entryPoints: made.map((each) => ({ in: each.entry, out: join(relative(DIST, assetOf(each)), 'main') })),
    outdir: DIST,
  });
  return metafile;
}

/**
 * esbuild parts ES modules alone: the parts are made CommonJS then, since V8's compiled code is of scripts. What is imported by
 * `import()` has to be a module of ours: one in CommonJS would come without its names.
 */
async function bundleInParts({ name, entry, root }: Bundle): Promise<Metafile> {
  const folder = assetOf({ name, root });
  const { metafile, outputFiles } = await build({
    ...OPTIONS,
    plugins: [leanModules, graphModules(root)],
    format: 'esm',
    splitting: true,
    write: false,
    entryPoints: [{ in: entry, out: 'main' }],
    chunkNames: 'part-[hash]',
    outdir: folder,
  });
  const parts = await Promise.all(
    outputFiles.map(async ({ path, text }) => ({ path, code: (await transform(text, AS_COMMON_JS)).code })),
  );
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) if (/^part-.*\.cjs$/.test(old)) rmSync(join(folder, old));
  for (const { path, code } of parts) writeFileSync(path, code);
  return metafile;
}

/** An entry file and all that it imports. */
function sourcesOf(entry: string, all: Metafile[]): Set<string> {
  const inputs = all.find((each) => entry in each.inputs)?.inputs ?? {};
  const sources = new Set([entry]);
  for (const source of sources) for (const { path } of inputs[source]?.imports ?? []) sources.add(path);
  return sources;
}

const AS_COMMON_JS = {
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  minify: true,
  legalComments: 'none',
  supported: { 'dynamic-import': false },
} satisfies TransformOptions;

const LOADER = join(import.meta.dirname, 'code-cache', 'loader.cjs');
const OPTIONS = {
  bundle: true,
  define: { 'import.meta.dirname': '__dirname' },
  minify: true,
  metafile: true,
  platform: 'node',
  target: 'node24',
  outExtension: { '.js': '.cjs' },
  // One copy of graphql and of Apollo Server: their ES modules would be bundled beside the CommonJS ones.
  mainFields: ['main'],
  conditions: ['require', 'module'],
  loader: { '.graphql': 'text' },
  legalComments: 'none',
  logLevel: 'silent',
  absWorkingDir: ROOT,
  alias: {
    '@apollo/server': join(ROOT, 'node_modules/@apollo/server'),
    // Of ES modules, what is not used is left out.
    'zod/mini': join(ROOT, 'node_modules/zod/mini/index.js'),
    // Without the printer of schemas, and the packages that it needs.
    '@apollo/subgraph': join(ROOT, 'node_modules/@apollo/subgraph/dist/buildSubgraphSchema.js'),
  },
} satisfies BuildOptions;
