import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { Client } from '../clients.ts';
import { graphPath, ROOT } from '../discover.ts';
import { checkDefinitions } from './check-definitions.ts';
import { readDefinitions } from './documents.ts';
import { type Manifest, manifestOf } from './manifest.ts';

/** Returns the path of a client's manifest, relative to the root. */
export function manifestPath(client: string, root = ROOT): string {
  return graphPath(`operations/${client}.json`, root);
}

/** Reads and validates a client's documents; throws OperationsInvalid with all errors. */
export async function readManifest(
  { documents }: Client,
  schema: GraphQLSchema,
  directory = process.cwd(),
): Promise<Manifest> {
  const definitions = await readDefinitions(documents, directory);
  checkDefinitions(definitions, schema);
  return manifestOf(definitions);
}

/** Whether a client's registered manifest is identical. */
export function isRegistered(client: string, manifest: Manifest, root = ROOT): boolean {
  const file = join(root, manifestPath(client, root));
  return existsSync(file) && readFileSync(file, 'utf8') === textOf(manifest);
}

/** Writes a client's manifest, replacing the previous one. */
export function register(client: string, manifest: Manifest, root = ROOT): void {
  const file = join(root, manifestPath(client, root));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, textOf(manifest));
}

function textOf(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
