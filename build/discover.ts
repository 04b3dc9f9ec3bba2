import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** The top of the project. */
export const ROOT = join(import.meta.dirname, '..');

/** Every subgraph, by name. A folder is one if it holds a `schema.graphql`. */
export function discoverSubgraphs(root = ROOT): SubgraphFolder[] {
  return readdirSync(join(root, 'subgraphs'))
    .map((name) => ({ name, path: join(root, 'subgraphs', name) }))
    .filter(({ path }) => existsSync(join(path, 'schema.graphql')))
    .map(({ name, path }) => ({
      name,
      path,
      publishes: existsSync(join(path, 'events.ts')),
      consumes: existsSync(join(path, 'consumer.ts')),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Every subgraph's schema. */
export function readSchemas(root = ROOT): SubgraphSdl[] {
  return discoverSubgraphs(root).map(({ name, path }) => ({
    name,
    sdl: readFileSync(join(path, 'schema.graphql'), 'utf8'),
    file: `subgraphs/${name}/schema.graphql`,
  }));
}
