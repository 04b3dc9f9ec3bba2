import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { discoverSubgraphs, ROOT, readSchema } from './discover.ts';

/** Where the composed supergraph is committed. */
export const SUPERGRAPH = join(ROOT, 'gateway', 'supergraph.graphql');

/** What does not compose, as one message a person can read. */
export class CompositionFailed extends Error {
  override name = 'CompositionFailed';
}

/** Composes the supergraph of all folders. A subgraph's address is `lambda://NAME`. Throws CompositionFailed. */
export function composeSupergraph(root = ROOT): string {
  const services = discoverSubgraphs(root).map((folder) => ({
    name: folder.name,
    url: `lambda://${folder.name}`,
    typeDefs: parsedSchema(folder.name, readSchema(folder)),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl) return `# Composed from subgraphs/*/schema.graphql by \`npm run compose\`.\n${supergraphSdl}\n`;
  throw new CompositionFailed((errors ?? []).map(({ message }) => `- ${message}`).join('\n'));
}

/** Writes the supergraph if it has changed; tells whether it has. */
export function writeSupergraph(sdl: string): boolean {
  if (existsSync(SUPERGRAPH) && readFileSync(SUPERGRAPH, 'utf8') === sdl) return false;
  writeFileSync(SUPERGRAPH, sdl);
  return true;
}

function parsedSchema(name: string, sdl: string) {
  try {
    return parse(sdl);
  } catch (error) {
    throw new CompositionFailed(`- [${name}] subgraphs/${name}/schema.graphql: ${String(error)}`);
  }
}
