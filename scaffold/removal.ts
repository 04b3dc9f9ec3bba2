import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { closest } from '../build/closest.ts';
import { supergraphFile } from '../build/compose.ts';
import { discoverSubgraphs, FIRST_SERVICE, graphFolder, ROOT } from '../build/discover.ts';
import { changesBetween } from '../schema-check/api-changes.ts';
import { compose } from '../schema-check/composition.ts';
import type { Finding } from '../schema-check/finding.ts';
import { entityParts, ownersParts } from '../schema-check/lints/entities.ts';
import { type BrokenOperation, checkOperations } from '../schema-check/operations-check.ts';
import type { RegisteredOperation } from '../schema-check/registered-operations.ts';
import type { SubgraphSource } from '../schema-check/subgraph-source.ts';
import { readSupergraph } from '../schema-check/supergraph.ts';
import { changedSince, generate, generatedFiles } from './generate.ts';
import { readGraph } from './graph.ts';

/** What it means to take a subgraph away. */
export interface Removal {
  name: string;
  /** What clients can no longer ask for. */
  goes: string[];
  /** Who refers to its entities, as `service: Entity`. */
  references: string[];
  /** Who consumes its events, by file. */
  consumers: string[];
  /** Files outside of `subgraphs/` that import its files. */
  importers: string[];
  operations: BrokenOperation[];
  /** Why the graph would not compose without it. */
  errors: Finding[];
}

/** Finds out what taking a subgraph away means; throws if there is none of that name. */
export async function planRemoval(name: string, operations: RegisteredOperation[], root = ROOT): Promise<Removal> {
  const { schemas, sources, api } = await readGraph(root);
  const known = schemas.map((schema) => schema.name);
  if (known.length === 0) throw new Error(FIRST_SERVICE);
  if (!known.includes(name)) {
    const near = closest(name, known);
    throw new Error(
      `There is no subgraph "${name}".${near ? ` Perhaps "${near}"?` : ''} There are ${known.join(', ')}.`,
    );
  }
  const rest = schemas.filter((schema) => schema.name !== name);
  const imports = filesThatImport(name, root);
  const dependents = {
    name,
    references: referencesTo(name, sources),
    consumers: imports.filter((file) => file.startsWith('subgraphs/')),
    importers: imports.filter((file) => !file.startsWith('subgraphs/')),
  };
  if (rest.length === 0) return { ...dependents, goes: ['all: it is the only service'], operations: [], errors: [] };
  const composed = compose(rest);
  if (!composed.ok) return { ...dependents, goes: [], operations: [], errors: composed.errors };
  const after = readSupergraph(composed.supergraphSdl, 'The graph without it').api;
  const changes = await changesBetween(api, after);
  const { broken } = checkOperations(operations, changes, { before: api, after });
  const goes = changes.filter(({ risk }) => risk !== 'safe').map(({ message }) => message);
  return { ...dependents, goes, operations: broken, errors: [] };
}

/** What else changed when a subgraph was taken away. */
export interface Removed {
  /** Files made of the whole graph that are other than before. */
  generated: string[];
  /** Why a client's types could not be made anew: its operations ask for what is gone. */
  problem: string | undefined;
}

/** Takes a subgraph away: its folder, and its part of what is made of the whole graph. */
export async function removeSubgraph(name: string): Promise<Removed> {
  const before = generatedFiles();
  rmSync(join(ROOT, 'subgraphs', name), { recursive: true });
  if (discoverSubgraphs().length === 0) rmSync(supergraphFile());
  const problem = await generate().then(
    () => undefined,
    ({ message }: Error) => message,
  );
  return { generated: changedSince(before), problem };
}

function referencesTo(name: string, sources: SubgraphSource[]): string[] {
  const parts = entityParts(sources);
  const owned = [...ownersParts(parts)].filter(([, { subgraph }]) => subgraph === name);
  return owned.flatMap(([type]) =>
    (parts.get(type) ?? []).filter(({ subgraph }) => subgraph !== name).map(({ subgraph }) => `${subgraph}: ${type}`),
  );
}

/** Source files outside of a subgraph's folder that import from it: paths from the root. */
function filesThatImport(own: string, root: string): string[] {
  const others = discoverSubgraphs(root).filter(({ name }) => name !== own);
  const folders = [...others.map(({ name }) => `subgraphs/${name}`), graphFolder(root), 'test'];
  const imported = new RegExp(`from '(\\.\\./)+(subgraphs/)?${own}/`);
  return folders
    .flatMap((folder) => sourcesIn(folder, root))
    .filter((file) => imported.test(readFileSync(join(root, file), 'utf8')));
}

function sourcesIn(folder: string, root: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\.tsx?$/.test(file) && statSync(join(root, file)).isFile())
    .sort();
}
