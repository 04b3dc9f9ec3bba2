import { watch } from 'node:fs';
import { join } from 'node:path';
import { type Sources, sourcesOf, synthesize } from './build.ts';
import { type Bundle, bundles } from './bundle.ts';
import { CompositionFailed, composeSupergraph, writeSupergraph } from './compose.ts';
import { ROOT } from './discover.ts';

export interface WatchOptions {
  sources: Sources;
  /** A bundle was built anew. */
  onBundled: (name: string) => void;
  /** The cloud assembly was synthesized anew. */
  onSynthesized: () => Promise<void>;
  /** What a person should know: what was rebuilt, or why it was not. */
  onMessage: (message: string) => void;
}

const WATCHED = ['subgraphs', 'gateway', 'platform', 'infra'];
/** Source files, and the folders of subgraphs: one may come or go as a whole. */
const WORTH_A_BUILD = /\.(ts|graphql)$|^subgraphs\/[^/.]+$/;
/** Editors write a file in several steps: what comes within this time is one change. Milliseconds. */
const SETTLE = 50;

/**
 * Watches the source and rebuilds what a change touches: bundles made of a changed file, the supergraph for a schema,
 * the cloud assembly for infrastructure and configuration. Returns the end of watching.
 */
export function watchSources(options: WatchOptions): () => void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();
  const note = (path: string) => {
    if (path.includes('__generated__') || !WORTH_A_BUILD.test(path) || path.endsWith('.test.ts')) return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = [...changed];
      changed.clear();
      work = work.then(() => rebuild(paths, options)).catch((error: Error) => options.onMessage(error.message));
    }, SETTLE);
  };
  const watchers = WATCHED.map((folder) =>
    watch(join(ROOT, folder), { recursive: true }, (_, file) => file && note(`${folder}/${file}`)),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

async function rebuild(paths: string[], options: WatchOptions): Promise<void> {
  const { sources, onBundled, onSynthesized, onMessage } = options;
  const touched = touchedBundles(paths, sources);
  const gone = goneBundles(sources);
  const isOtherSystem = gone.length > 0 || touched.some(({ name }) => !sources.has(name));
  if ((paths.some((path) => path.endsWith('schema.graphql')) || gone.length > 0) && !recompose(options)) return;
  for (const each of await Promise.all(touched.map(async (one) => ({ ...one, made: await sourcesOf(one) })))) {
    sources.set(each.name, each.made);
    onBundled(each.name);
  }
  if (isOtherSystem || paths.some((path) => path.startsWith('infra/') || path.endsWith('subgraph.config.ts'))) {
    await synthesize();
    await onSynthesized();
  }
  for (const name of gone) sources.delete(name);
  const news = [...touched.map(({ name }) => name), ...gone.map((name) => `without ${name}`)];
  if (news.length > 0) onMessage(`Rebuilt ${news.join(', ')}`);
}

/** The bundles that are made of a changed file, and those that were not there before. */
function touchedBundles(paths: string[], sources: Sources): Bundle[] {
  return bundles().filter(({ name }) => {
    const made = sources.get(name);
    return !made || paths.some((path) => made.has(path));
  });
}

/** Bundles whose folder or file is no longer there, by name. */
function goneBundles(sources: Sources): string[] {
  const present = new Set(bundles().map(({ name }) => name));
  return [...sources.keys()].filter((name) => !present.has(name));
}

/** Composes the supergraph; one that does not compose is left as it was, and goes on serving. */
function recompose({ onMessage }: WatchOptions): boolean {
  try {
    writeSupergraph(composeSupergraph());
    return true;
  } catch (error) {
    if (!(error instanceof CompositionFailed)) throw error;
    onMessage(`The schemas do not compose; the last good supergraph goes on serving:\n${error.message}`);
    return false;
  }
}
