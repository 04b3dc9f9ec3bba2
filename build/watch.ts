import { readFileSync } from 'node:fs';
import { checkResolvers, outputsOf, synthesize } from './build.ts';
import { type Bundle, bundle, bundles, GATEWAYS, type Sources } from './bundle.ts';
import { CompositionFailed, composeSupergraph, SUPERGRAPH, supergraphFile, writeSupergraph } from './compose.ts';
import { graphFolder, graphPath, ROOT } from './discover.ts';
import { writeExplorerData } from './explorer.ts';
import { watchFiles } from './file-changes.ts';
import { writeGatewayAssets } from './gateway-assets.ts';
import { writeSubscriptions } from './subscriptions.ts';

export interface WatchOptions {
  /** Source files of the bundles as last built. */
  sources: Sources;
  stage: string;
  /** Called after bundles were rebuilt, or their assets rewritten, without an effect on the cloud assembly. */
  onBundled: (names: ReadonlySet<string>) => void;
  /** Called after the cloud assembly was synthesized, with the names of the changed bundles. */
  onSynthesized: (names: ReadonlySet<string>) => Promise<void>;
  /** Called with a message about a rebuild or its failure. */
  onMessage: (message: string) => void;
}

/** What the running system does not have yet. A rebuild that fails leaves it to the next one. */
interface Due {
  /** Names of changed bundles. */
  bundles: Set<string>;
  /** Whether the cloud assembly must be synthesized. */
  synthesis: boolean;
}

const WATCHED = ['subgraphs', 'graph', 'gateway', 'platform', 'infra'];
/** Source files, operation manifests, contracts, and subgraph folders, which can be added or removed as a whole. */
const TRIGGERS_BUILD = /\.(ts|graphql)$|^subgraphs\/[^/.]+$|^\w+\/(operations\/.*|contracts)\.json$/;

/** Bundles with files derived from the supergraph. */
const WITH_GATEWAY_ASSETS = [...GATEWAYS, 'usage-reporter', 'schema-check'];

/** Watches and rebuilds the source. Watching starts before the first build, so that no edit during it is lost. */
export class SourceWatch {
  /** Files changed since the last successful build: after a failed build they are built again. */
  readonly #changed = new Set<string>();
  readonly #due: Due = { bundles: new Set(), synthesis: false };
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
   * Starts rebuilding on changes: the bundles that include a changed file, the supergraph for schemas, the gateway's assets for the
   * supergraph and operations, the cloud assembly for infrastructure and configuration.
   */
  rebuild(options: WatchOptions): void {
    this.#options = options;
    this.#note([]);
  }

  /** Stops watching, without waiting for a running build. */
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
      await rebuild(paths, this.#due, this.#options);
    } catch (error) {
      for (const path of paths) this.#changed.add(path);
      throw error;
    }
  }
}

function isSource(path: string): boolean {
  return TRIGGERS_BUILD.test(path) && !path.includes('__generated__') && !path.endsWith('.test.ts');
}

async function rebuild(
  paths: string[],
  due: Due,
  { sources, stage, onBundled, onSynthesized, onMessage }: WatchOptions,
): Promise<void> {
  const started = performance.now();
  const affected = affectedBundles(paths, sources);
  const removed = removedBundles(sources);
  const hasNewSetOfBundles = removed.length > 0 || affected.some(({ name }) => !sources.has(name));
  if (hasNewSetOfBundles || paths.some(isAssemblyInput)) due.synthesis = true;
  if (removed.length > 0 || paths.some((path) => path.endsWith('schema.graphql'))) recompose();
  const affectsGateway = paths.some(isGatewayInput);
  if (affectsGateway || affected.some(({ name }) => name === 'gateway'))
    writeGatewayAssets(readFileSync(supergraphFile(), 'utf8'));
  const affectsSubgraph = paths.some((path) => path.startsWith('subgraphs/'));
  const affectsExplorer = removed.length > 0 || paths.some(isExplorerInput);
  const [built] = await Promise.all([
    bundle(affected),
    affectsSubgraph && rewriteSubscriptions(due),
    affectsSubgraph && checkResolvers(),
    affectsExplorer && writeExplorerData(outputsOf().explorer),
  ]);
  for (const [name, files] of built) sources.set(name, files);
  const assets = affectsGateway || built.has('gateway') ? WITH_GATEWAY_ASSETS : [];
  for (const name of [...built.keys(), ...assets]) due.bundles.add(name);
  if (due.synthesis) {
    await synthesize({ stage });
    // In one step: a gateway with the fields of a new service needs the service and the right to call it.
    await onSynthesized(due.bundles);
  } else onBundled(due.bundles);
  due.bundles.clear();
  due.synthesis = false;
  for (const name of removed) sources.delete(name);
  const names = new Set([...affected.map(({ name }) => name), ...(affectsGateway ? ['gateway'] : [])]);
  const summary = [...names, ...removed.map((name) => `without ${name}`)].join(', ');
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  if (summary) onMessage(`Rebuilt ${summary} in ${seconds} s`);
}

/** Writes the sources of subscriptions. The fan-out reads them, and the assembly has a rule for their events. */
async function rewriteSubscriptions(due: Due): Promise<void> {
  if (!(await writeSubscriptions())) return;
  due.bundles.add('gateway-fan-out');
  due.synthesis = true;
}

/** Returns the bundles that include a changed file, and new ones. */
function affectedBundles(paths: string[], sources: Sources): Bundle[] {
  return bundles().filter(({ name }) => {
    const files = sources.get(name);
    return !files || paths.some((path) => files.has(path));
  });
}

/** Whether a file is an input of the gateway's asset besides code. */
function isGatewayInput(path: string): boolean {
  return (
    path.startsWith(graphPath('operations/')) ||
    ['contracts.json', SUPERGRAPH].map((name) => graphPath(name)).includes(path)
  );
}

/** Whether the CDK app depends on a file besides assets. */
function isAssemblyInput(path: string): boolean {
  return path.startsWith('infra/') || path.endsWith('subgraph.config.ts');
}

/** Whether the explorer's description of the graph, or its generated examples, depend on a file. */
function isExplorerInput(path: string): boolean {
  return /(schema\.graphql|events\.ts|subgraph\.config\.ts)$/.test(path) || path.startsWith(graphPath('operations/'));
}

/** Returns the names of bundles whose folder or file was removed. */
function removedBundles(sources: Sources): string[] {
  const present = new Set(bundles().map(({ name }) => name));
  return [...sources.keys()].filter((name) => !present.has(name));
}

/** Composes the supergraph; on errors, keeps the previous one. */
function recompose(): void {
  try {
    writeSupergraph(composeSupergraph());
  } catch (error) {
    if (!(error instanceof CompositionFailed)) throw error;
    throw new Error(`${error.message}\nThe last valid supergraph is still served.`);
  }
}
