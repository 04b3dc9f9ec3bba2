import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { type BuildOptions, build, type Metafile, type TransformOptions, transform } from 'esbuild';
import { consumerOf } from '#platform/function-names.ts';
import { sourceMapsOf } from '../local/logs/source-maps.ts';
import { type BuildStep, filesIn, forgetRun, foundBy, isCurrent, recordRun } from './build-step.ts';
import { discoverSubgraphs, graphFolder, outputOf, ROOT } from './discover.ts';
import { graphModules } from './graph-modules.ts';
import { type BuiltFile, chunksAtStart, joinChunks } from './join-chunks.ts';
import { leanModules } from './lean-modules.ts';

/** A Lambda bundle: a folder with the loader `index.cjs` and the bundled code `main.cjs`. */
export interface Bundle {
  name: string;
  entry: string;
  /** Root of its graph. */
  root: string;
  /** Splits dynamically imported modules into chunks, loaded on demand. */
  splitting?: true;
  /** Builds no V8 code cache: its cold start delays no request. */
  skipsCodeCache?: true;
}

/** Source files of each bundle, by bundle name: paths relative to the project root. */
export type Sources = Map<string, Set<string>>;

/** Output folder of the project's bundles. */
export const DIST = outputOf();

/** Functions that run operations, and need the gateway's files. */
export const GATEWAYS = ['gateway', 'gateway-connections', 'gateway-delivery'];

const SUBSCRIPTIONS = join(ROOT, 'gateway', 'subscriptions');

/** Returns the folder of a bundle, which is the asset of its Lambdas. */
export function assetOf({ name, root }: Pick<Bundle, 'name' | 'root'>): string {
  return join(outputOf(root), name);
}

/**
 * Returns the bundles of a graph: the gateway, its functions for subscriptions, its usage reporter and schema check, the shared
 * publisher, and each subgraph and consumer. Empty for a graph without subgraphs.
 */
export function bundles(root = ROOT): Bundle[] {
  const subgraphs = discoverSubgraphs(root);
  if (subgraphs.length === 0) return [];
  const all: Omit<Bundle, 'root'>[] = [
    { name: 'gateway', entry: join(ROOT, 'gateway', 'handler.ts'), splitting: true },
    { name: 'gateway-connections', entry: join(SUBSCRIPTIONS, 'connections.ts'), splitting: true },
    { name: 'gateway-fan-out', entry: join(SUBSCRIPTIONS, 'fan-out.ts') },
    { name: 'gateway-delivery', entry: join(SUBSCRIPTIONS, 'delivery.ts'), splitting: true },
    {
      name: 'usage-reporter',
      entry: join(ROOT, 'gateway', 'telemetry', 'usage', 'reporter', 'handler.ts'),
      skipsCodeCache: true,
    },
    { name: 'schema-check', entry: join(ROOT, 'schema-check', 'lambda', 'handler.ts'), skipsCodeCache: true },
    { name: 'publisher', entry: join(ROOT, 'platform', 'events', 'publisher.ts') },
    ...subgraphs.map(({ name, path }) => ({ name, entry: join(path, 'handler.ts'), splitting: true as const })),
    ...subgraphs
      .filter(({ consumes }) => consumes)
      .map(({ name, path }) => ({ name: consumerOf(name), entry: join(path, 'consumer.ts') })),
  ];
  return all.map((each) => ({ ...each, root }));
}

/** Bundles the Lambdas whose inputs changed since their last build; returns the source files of all. */
export async function bundleChanged(all: Bundle[]): Promise<Sources> {
  const current = all.filter((each) => isCurrent(stepOf(each)));
  const built = await bundle(all.filter((each) => !current.includes(each)));
  return new Map([...built, ...current.map((each) => [each.name, new Set(foundBy(stepOf(each)))] as const)]);
}

/** Bundles Lambdas as minified CommonJS; returns their source files. Single-file bundles share one esbuild run. */
export async function bundle(requested: Bundle[]): Promise<Sources> {
  const since = Date.now();
  for (const each of requested) forgetRun(stepOf(each));
  const singleFile = requested.filter(({ splitting }) => !splitting);
  const chunked = requested.filter(({ splitting }) => splitting);
  const all = await Promise.all([bundleSingleFile(singleFile), ...chunked.map(bundleChunks)]);
  for (const each of requested) {
    const asset = assetOf(each);
    // The code cache belongs to the previous code.
    for (const old of readdirSync(asset)) if (old.endsWith('.cache')) rmSync(join(asset, old));
    copyFileSync(LOADER, join(asset, 'index.cjs'));
  }
  const sources = new Map(
    requested.map(({ name, entry }) => [name, sourcesOf(relative(ROOT, entry).split(sep).join('/'), all)]),
  );
  for (const each of requested)
    recordRun(stepOf(each), { found: sources.get(each.name) ?? [], outputs: outputsOf(each), since });
  return sources;
}

function stepOf({ name, root, splitting }: Bundle): BuildStep {
  // The files of the graph folder decide how `graph:NAME` is resolved.
  const graphFiles = filesIn(join(root, graphFolder(root))).map((file) => basename(file));
  return { name: `bundle-${name}`, root, values: { splitting, graphFiles: GATEWAYS.includes(name) ? graphFiles : [] } };
}

/** Returns the files of a bundle, with its source maps. */
function outputsOf(requested: Bundle): string[] {
  const asset = assetOf(requested);
  const code = readdirSync(asset).filter((file) => file.endsWith('.cjs'));
  return [...code.map((file) => join(asset, file)), ...filesIn(sourceMapsOf(asset))];
}

/** Returns esbuild's metafile of a bundle, without writing the bundle. */
export async function metafileOf({ entry, root, splitting }: Bundle): Promise<Metafile> {
  const format = splitting ? { format: 'esm' as const, splitting } : { format: 'cjs' as const };
  const entryPoints = [{ in: entry, out: 'main' }];
  const { metafile } = await build({
    ...OPTIONS,
    ...format,
    plugins: [leanModules, graphModules(root)],
    entryPoints,
    outdir: DIST,
    write: false,
  });
  return metafile;
}

/** Bundles each Lambda into one file. */
async function bundleSingleFile(requested: Bundle[]): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    ...OPTIONS,
    ...MAPPED,
    plugins: [leanModules],
    format: 'cjs',
    // V8's code cache cannot hold `import()`.
    supported: { 'dynamic-import': false },
    sourcemap: 'external',
    write: false,
    entryPoints: requested.map((each) => ({ in: each.entry, out: join(relative(DIST, assetOf(each)), 'main') })),
    outdir: DIST,
  });
  for (const each of requested) mkdirSync(assetOf(each), { recursive: true });
  for (const { path, contents } of outputFiles) write(path, contents);
  return metafile;
}

/** Writes a file into an asset; writes source maps next to the asset, so that they are not deployed. */
function write(path: string, contents: string | Uint8Array): void {
  if (!path.endsWith('.map')) return writeFileSync(path, contents);
  const folder = sourceMapsOf(dirname(path));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, basename(path)), contents);
}

/**
 * Bundles a Lambda into chunks. esbuild splits ES modules only, but V8's code cache needs scripts: the chunks are converted to
 * CommonJS afterwards. `import()` must name a module of this project: a CommonJS package would lose its named exports.
 */
async function bundleChunks({ name, entry, root }: Bundle): Promise<Metafile> {
  const folder = assetOf({ name, root });
  const { metafile, outputFiles } = await build({
    ...OPTIONS,
    ...MAPPED,
    plugins: [leanModules, graphModules(root)],
    format: 'esm',
    splitting: true,
    sourcemap: 'inline',
    write: false,
    entryPoints: [{ in: entry, out: 'main' }],
    chunkNames: 'part-[hash]',
    outdir: folder,
  });
  const chunks = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const atStart = chunksAtStart(metafile);
  const later = [...chunks].filter(([file]) => !atStart.includes(file));
  const files = [
    ...(await joinChunks(atStart, chunks, AS_COMMON_JS)),
    ...(await Promise.all(later.map(([file, text]) => asCommonJs(file, text)))).flat(),
  ];
  mkdirSync(folder, { recursive: true });
  rmSync(sourceMapsOf(folder), { recursive: true, force: true });
  for (const old of readdirSync(folder)) if (/^part-.*\.cjs$/.test(old)) rmSync(join(folder, old));
  for (const { file, contents } of files) write(join(folder, file), contents);
  return metafile;
}

/** Converts a chunk to CommonJS. */
async function asCommonJs(file: string, text: string): Promise<BuiltFile[]> {
  const { code, map } = await transform(text, { ...AS_COMMON_JS, sourcemap: 'external' });
  return [
    { file, contents: code },
    { file: `${file}.map`, contents: map },
  ];
}

/** Returns an entry file and its transitive imports. */
function sourcesOf(entry: string, all: Metafile[]): Set<string> {
  const inputs = all.find((each) => entry in each.inputs)?.inputs ?? {};
  const sources = new Set([entry]);
  for (const source of sources) for (const { path } of inputs[source]?.imports ?? []) sources.add(path);
  return sources;
}

/** Source maps are read in this checkout, which has the sources. */
const MAPPED = { sourcesContent: false } satisfies BuildOptions;
const AS_COMMON_JS = {
  ...MAPPED,
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
  // Bundle one copy of graphql and Apollo Server: with ES modules there would be two.
  mainFields: ['main'],
  conditions: ['require', 'module'],
  loader: { '.graphql': 'text' },
  legalComments: 'none',
  logLevel: 'silent',
  absWorkingDir: ROOT,
  alias: {
    '@apollo/server': join(ROOT, 'node_modules/@apollo/server'),
    // The ES module allows tree shaking.
    'zod/mini': join(ROOT, 'node_modules/zod/mini/index.js'),
    // Without the printer of schemas, and the packages that it needs.
    '@apollo/subgraph': join(ROOT, 'node_modules/@apollo/subgraph/dist/buildSubgraphSchema.js'),
  },
} satisfies BuildOptions;
