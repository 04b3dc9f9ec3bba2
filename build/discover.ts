import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SubgraphSdl } from '../schema-check/subgraph-source.ts';

/** A service's folder under `subgraphs/`. To add a folder is to add the service: there is no other list. */
export interface SubgraphFolder {
  name: string;
  /** Absolute path. */
  path: string;
  /** Whether it publishes events: it has an `events.ts`. */
  publishes: boolean;
  /** Whether it handles events: it has a `consumer.ts`. */
  consumes: boolean;
}

/** The top of the project, which is the root of its graph: the folder that holds `subgraphs/` and the graph folder. */
export const ROOT = join(import.meta.dirname, '..');

/** Folders that can hold what belongs to a graph beyond its services. The first that exists does. */
const GRAPH_FOLDERS = ['graph', 'sample'];

/** Name of the graph folder under a root: supergraph, policies, contracts, operations, examples, seed, client. All optional. */
export function graphFolder(root = ROOT): string {
  return GRAPH_FOLDERS.find((name) => existsSync(join(root, name))) ?? 'graph';
}

/** Path of a file or folder in the graph folder, from the root. It may not exist. */
export function graphPath(name: string, root = ROOT): string {
  return `${graphFolder(root)}/${name}`;
}

/** Where the build of a graph is written: `dist/` for the project's, a folder within it for another root. */
export function outputOf(root = ROOT): string {
  const dist = join(ROOT, 'dist');
  return root === ROOT ? dist : join(dist, 'graphs', relative(ROOT, root).replaceAll(/[^\w-]+/g, '-'));
}

/** The CDK context of a graph: the project's `cdk.json`, with that of the root over it if there is one, and the root itself. */
export function cdkContext(root = ROOT): Record<string, unknown> {
  return { ...contextIn(ROOT), ...(root !== ROOT && contextIn(root)), root };
}

/** The graph's name: the first part of each stack's, function's and table's. */
export function graphName(root = ROOT): string {
  return String(cdkContext(root).graph);
}

function contextIn(folder: string): Record<string, unknown> {
  const file = join(folder, 'cdk.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).context : {};
}

/** An absolute path as `import()` takes it: Windows wants a URL. */
export function importable(path: string): string {
  return process.platform === 'win32' ? pathToFileURL(path).href : path;
}

/** Every subgraph, by name. A folder is one if it holds a `schema.graphql`. */
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

/** What to do in a graph that has no service yet. */
export const FIRST_SERVICE =
  'There is no service yet: "npm run new -- products --entity Product" writes the first, whole.';

/** Every subgraph's schema. */
export function readSchemas(root = ROOT): SubgraphSdl[] {
  return discoverSubgraphs(root).map(({ name, path }) => ({
    name,
    sdl: readFileSync(join(path, 'schema.graphql'), 'utf8'),
    file: `subgraphs/${name}/schema.graphql`,
  }));
}

/** Root of the graph that the tests and benchmarks of the system run on, so that they need no service of the project: a library. */
export const LIBRARY = join(ROOT, 'test', 'graph');

/** Roots of the graphs of this checkout that have services. */
export function graphRoots(): string[] {
  return [ROOT, LIBRARY].filter((root) => discoverSubgraphs(root).length > 0);
}
