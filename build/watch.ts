import { readFileSync } from 'node:fs';
import { outputsOf, synthesize } from './build.ts';
import { type Bundle, bundle, bundles, type Sources } from './bundle.ts';
import { CompositionFailed, composeSupergraph, supergraphFile, writeSupergraph } from './compose.ts';
import { graphFolder, graphPath, ROOT } from './discover.ts';
import { writeExamples } from './explorer.ts';
import { watchFiles } from './file-changes.ts';
import { writeGatewayAssets } from './gateway-assets.ts';

export interface WatchOptions {
  /** What the bundles were made of when they were last built. */
  sources: Sources;
  stage: string;
  /** A bundle was built anew. */
  onBundled: (name: string) => void;
  /** The cloud assembly was synthesized anew. */
  onSynthesized: () => Promise<void>;
  /** What a person should know: what was rebuilt, or why it was not. */
  onMessage: (message: string) => void;
}

const WATCHED = ['subgraphs', 'graph', 'gateway', 'platform', 'infra'];
/** Source files, clients' operations, and the folders of subgraphs: one may come or go as a whole. */
const WORTH_A_BUILD = /\.(ts|graphql)$|^subgraphs\/[^/.]+$|^\w+\/(operations\/.*|contracts)\.json$/;

/** Bundles whose assets hold what is made of the supergraph, as the gateway's does. */
const BESIDE_GATEWAY = ['usage-reporter', 'schema-check'];

/** Watches the source from the moment it begins, so that an edit made during the first build is not lost. */
export class SourceWatch {
  /** What has changed since the last build that went well: a broken edit is built again with the one that mends it. */
  readonly #changed = new Set<string>();
  #options: WatchOptions | undefined;
  #work: Promise<void> = Promise.resolve();
  #close: () => Promise<void> = async () => {};

  static async begin(): Promise<SourceWatch> {
    const watch = new SourceWatch();
    const files = await watchFiles({
      root: ROOT,
      folders: [...new Set([...WATCHED, graphFolder()])],
      includes: isSource,
      onChange: (paths) => watch.#note(paths),
    });
    watch.#close = files.close;
    return watch;
  }

  /**
   * From now on rebuilds what a change touches: bundles made of a changed file, the supergraph for a schema, the cloud assembly
   * for infrastructure and configuration.
   */
  rebuild(options: WatchOptions): void {
    this.#options = options;
    this.#note([]);
  }

  /** Ends it; a build that runs is not waited for. */
  async close(): Promise<void> {
    this.#options = undefined;
    await this.#close();
  }

  #note(paths: string[]): void {
    for (const path of paths) this.#changed.add(path);
    this.#work = this.#work.then(() => this.#build()).catch((error: Error) => this.#options?.onMessage(error.message));
  }

  async #build(): Promise<void> {
    const paths = [...this.#changed];
    if (paths.length === 0 || !this.#options) return;
    this.#changed.clear();
    try {
      await rebuild(paths, this.#options);
    } catch (error) {
      for (const path of paths) this.#changed.add(path);
      throw error;
    }
  }
}

function isSource(path: string): boolean {
  return WORTH_A_BUILD.test(path) && !path.includes('__generated__') && !path.endsWith('.test.ts');
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
  const made = await bundle(touched);
  for (const [name, of] of made) sources.set(name, of);
  const renewed = new Set([...made.keys(), ...(made.has('gateway') ? BESIDE_GATEWAY : [])]);
  for (const name of renewed) onBundled(name);
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
