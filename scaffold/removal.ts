import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { closest } from '../build/closest.ts';
import { supergraphFile } from '../build/compose.ts';
import { discoverSubgraphs, graphFolder, NO_SERVICE_YET, ROOT } from '../build/discover.ts';
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

/** Consequences of removing a subgraph. */
export interface Removal {
  name: string;
  /** Breaking changes for clients, as messages. */
  lost: string[];
  /** References to its entities in other services, as `service: Entity`. */
  references: string[];
  /** Files of other services that import its events. */
  consumers: string[];
  /** Files outside `subgraphs/` that import its files. */
  importers: string[];
  operations: BrokenOperation[];
  /** Composition errors of the remaining graph. */
  errors: Finding[];
}

/** Returns the consequences of removing a subgraph; throws if the name is unknown. */
export async function planRemoval(name: string, operations: RegisteredOperation[], root = ROOT): Promise<Removal> {
  const { schemas, sources, api } = await readGraph(root);
  const known = schemas.map((schema) => schema.name);
  if (known.length === 0) throw new Error(NO_SERVICE_YET);
  if (!known.includes(name)) {
    const near = closest(name, known);
    throw new Error(
      `There is no subgraph "${name}".${near ? ` Perhaps "${near}"?` : ''} The subgraphs are ${known.join(', ')}.`,
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
  if (rest.length === 0) return { ...dependents, lost: ['all: it is the only service'], operations: [], errors: [] };
  const composed = compose(rest);
  if (!composed.ok) return { ...dependents, lost: [], operations: [], errors: composed.errors };
  const after = readSupergraph(composed.supergraphSdl, 'The remaining graph').api;
  const changes = await changesBetween(api, after);
  const { broken } = checkOperations(operations, changes, { before: api, after });
  const lost = changes.filter(({ risk }) => risk !== 'safe').map(({ message }) => message);
  return { ...dependents, lost, operations: broken, errors: [] };
}

/** Result of a removal. */
export interface Removed {
  /** Regenerated files that changed. */
  generated: string[];
  /** Generator error, such as a client's operation that selects a removed field. */
  problem: string | undefined;
}

/** Deletes a subgraph's folder and regenerates the supergraph and client types. */
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

/** Returns the source files that import from a subgraph's folder from outside: paths relative to the root. */
function filesThatImport(subgraph: string, root: string): string[] {
  const others = discoverSubgraphs(root).filter(({ name }) => name !== subgraph);
  const folders = [...others.map(({ name }) => `subgraphs/${name}`), graphFolder(root), 'test'];
  const imported = new RegExp(`from '(\\.\\./)+(subgraphs/)?${subgraph}/`);
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
