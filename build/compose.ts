import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose } from '../schema-check/composition.ts';
import { findingLines } from '../schema-check/report/finding-lines.ts';
import { ROOT, readSchemas } from './discover.ts';

/** Where the composed supergraph is committed. */
export const SUPERGRAPH = join(ROOT, 'gateway', 'supergraph.graphql');

/** What does not compose, as one message a person can read. */
export class CompositionFailed extends Error {
  override name = 'CompositionFailed';
}

/** Composes the supergraph of all folders. A subgraph's address is `lambda://NAME`. Throws CompositionFailed. */
export function composeSupergraph(root = ROOT): string {
  const composed = compose(readSchemas(root));
  if (composed.ok)
    return `# Composed from subgraphs/*/schema.graphql by \`npm run compose\`.\n${composed.supergraphSdl}\n`;
  throw new CompositionFailed(composed.errors.flatMap((error) => findingLines(error, (_, text) => text)).join('\n'));
}

/** Writes the supergraph if it has changed; tells whether it has. */
export function writeSupergraph(sdl: string): boolean {
  if (existsSync(SUPERGRAPH) && readFileSync(SUPERGRAPH, 'utf8') === sdl) return false;
  writeFileSync(SUPERGRAPH, sdl);
  return true;
}
