import { existsSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { outputsOf, synthesize } from './build.ts';
import { type Bundle, bundle, bundles, type Sources } from './bundle.ts';
import { CompositionFailed, composeSupergraph, supergraphFile, writeSupergraph } from './compose.ts';
import { graphFolder, graphPath, ROOT } from './discover.ts';
import { writeExamples } from './explorer.ts';
import { writeGatewayAssets } from './gateway-assets.ts';

export interface WatchOptions {
  sources: Sources;
  stage: string;
  /** A bundle was built anew. */
  onBundled: (name: string) => void;
  /** The cloud assembly was synthesized anew. */
  onSynthesized: () => Promise<void>;
  /** What a person should know: what was rebuilt, or why it was not. */
  onMessage: (message: string) => void;
}

const WATCHED = ['subgraphs', graphFolder(), 'gateway', 'platform', 'infra'].filter((name) =>
  existsSync(join(ROOT, name)),
);
/** Source files, clients' operations, and the folders of subgraphs: one may come or go as a whole. */
const WORTH_A_BUILD = /\.(ts|graphql)$|^subgraphs\/[^/.]+$|^\w+\/(operations\/.*|contracts)\.json$/;
/** Editors write a file in several steps: what comes within this time is one change. Milliseconds. */
const SETTLE = 50;

/**
 * Watches the source and rebuilds what a change touches: bundles made of a changed file, the supergraph for a schema,
 * the cloud assembly for infrastructure and configuration. Returns the end of watching.
 */
export function watchSources(options: WatchOptions): () => void {
  /** What has changed since the last build that went well: a broken edit is built again with the one that mends it. */
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();
  const note = (path: string) => {
    if (path.includes('__generated__') || !WORTH_A_BUILD.test(path) || path.endsWith('.test.ts')) return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(build).catch((error: Error) => options.onMessage(error.message));
    }, SETTLE);
  };
  const build = async () => {
    const paths = [...changed];
    if (paths.length === 0) return;
    changed.clear();
    try {
      await rebuild(paths, options);
    } catch (error) {
      for (const path of paths) changed.add(path);
      throw error;
    }
  };
  const watchers = WATCHED.map((folder) =>
    watch(join(ROOT, folder), { recursive: true }, (_, file) => file && note(`${folder}/${file}`)),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

async function rebuild(
  paths: string[],
  { sources, stage, onBundled, onSynthesized, onMessage }: WatchOptions,
): Promise<void> {
  const started = performance.now();
  const touched = touchedBundles(paths, sources);
  const gone = goneBundles(sources);
  const isOtherSystem = gone.length > 0 || touched.some(({ name }) => !sources.has(name));
  if (gone.length > 0 || paths.some((path) => path.endsWith('schema.graphql'))) recompose();
  if (touched.some(({ name }) => name === 'gateway')) {
    const supergraph = readFileSync(supergraphFile(), 'utf8');
    writeGatewayAssets(supergraph);
  }
  for (const [name, made] of await bundle(touched)) {
    sources.set(name, made);
    onBundled(name);
  }
  if (isOtherSystem || paths.some((path) => path.startsWith('infra/') || path.endsWith('subgraph.config.ts'))) {
    await synthesize({ stage });
    await onSynthesized();
  }
  for (const name of gone) sources.delete(name);
  const news = [...touched.map(({ name }) => name), ...gone.map((name) => `without ${name}`)].join(', ');
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  if (news) onMessage(`Rebuilt ${news} in ${seconds} s`);
}

/** The bundles that are made of a changed file, and those that were not there before. */
function touchedBundles(paths: string[], sources: Sources): Bundle[] {
  return bundles().filter(({ name }) => {
    const made = sources.get(name);
    return !made || paths.some((path) => made.has(path) || (name === 'gateway' && isManifest(path)));
  });
}

/** What the gateway's asset is made of beside code. */
function isManifest(path: string): boolean {
  return path.startsWith(graphPath('operations/')) || path === graphPath('contracts.json');
}

/** Bundles whose folder or file is no longer there, by name. */
function goneBundles(sources: Sources): string[] {
  const present = new Set(bundles().map(({ name }) => name));
  return [...sources.keys()].filter((name) => !present.has(name));
}

/** Composes the supergraph; one that does not compose is left as it was, and goes on serving. */
function recompose(): void {
  try {
    writeSupergraph(composeSupergraph());
    writeExamples(outputsOf().explorer);
  } catch (error) {
    if (!(error instanceof CompositionFailed)) throw error;
    throw new Error(`${error.message}\nThe last good supergraph goes on serving.`);
  }
}
