import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SubgraphSdl } from '../schema-check/subgraph-source.ts';

/** A service's folder in `subgraphs/`. Services are discovered by folder only; there is no other list. */
export interface SubgraphFolder {
  name: string;
  /** Absolute path. */
  path: string;
  /** Whether it publishes events: it has an `events.ts`. */
  publishes: boolean;
  /** Whether it handles events: it has a `consumer.ts`. */
  consumes: boolean;
}

/** Root folder of the project and of its graph: has `subgraphs/` and the graph folder. */
export const ROOT = join(import.meta.dirname, '..');

/** Names of the graph folder; the first that exists is used. */
const GRAPH_FOLDERS = ['graph', 'sample'];

/** Returns the name of the graph folder: supergraph, policies, contracts, operations, examples, seed, client; all optional. */
export function graphFolder(root = ROOT): string {
  return GRAPH_FOLDERS.find((name) => existsSync(join(root, name))) ?? 'graph';
}

/** Returns a path in the graph folder, relative to the root. The file may not exist. */
export function graphPath(name: string, root = ROOT): string {
  return `${graphFolder(root)}/${name}`;
}

/** Returns a graph's build folder: `dist/` for the project, a subfolder for other roots. */
export function outputOf(root = ROOT): string {
  const dist = join(ROOT, 'dist');
  return root === ROOT ? dist : join(dist, 'graphs', relative(ROOT, root).replaceAll(/[^\w-]+/g, '-'));
}

/** Returns a graph's CDK context: the project's `cdk.json`, overridden by that of the root, plus `root`. */
export function cdkContext(root = ROOT): Record<string, unknown> {
  return { ...contextIn(ROOT), ...(root !== ROOT && contextIn(root)), root };
}

/** Returns the graph's name, the prefix of all stack, function and table names. */
export function graphName(root = ROOT): string {
  return String(cdkContext(root).graph);
}

function contextIn(folder: string): Record<string, unknown> {
  const file = join(folder, 'cdk.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).context : {};
}

/** Converts an absolute path for `import()`, which needs a URL on Windows. */
export function importable(path: string): string {
  return process.platform === 'win32' ? pathToFileURL(path).href : path;
}

/** Returns the subgraphs, sorted by name: the folders with a `schema.graphql`. */
export function discoverSubgraphs(root = ROOT): SubgraphFolder[] {
  const folder = join(root, 'subgraphs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => ({ name, path: join(folder, name) }))
    .filter(({ path }) => existsSync(join(path, 'schema.graphql')))
    .map(({ name, path }) => ({
      name,
      path,
      publishes: existsSync(join(path, 'events.ts')),
      consumes: existsSync(join(path, 'consumer.ts')),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Message for a graph without services. */
export const NO_SERVICE_YET = 'There is no service yet: create one with "npm run new -- products --entity Product".';

/** Reads the schemas of all subgraphs. */
export function readSchemas(root = ROOT): SubgraphSdl[] {
  return discoverSubgraphs(root).map(({ name, path }) => ({
    name,
    sdl: readFileSync(join(path, 'schema.graphql'), 'utf8'),
    file: `subgraphs/${name}/schema.graphql`,
  }));
}

/** Root of the test graph, a library, used by the system's tests and benchmarks so that they need no service of the project. */
export const LIBRARY = join(ROOT, 'test', 'graph');

/** Returns the roots of all graphs with services in this checkout. */
export function graphRoots(): string[] {
  return [ROOT, LIBRARY].filter((root) => discoverSubgraphs(root).length > 0);
}
