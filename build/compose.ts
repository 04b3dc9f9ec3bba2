import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compose } from '../schema-check/composition.ts';
import { findingLines } from '../schema-check/report/finding-lines.ts';
import { graphPath, ROOT, readSchemas } from './discover.ts';

/** File name of the committed supergraph in the graph folder. */
export const SUPERGRAPH = 'supergraph.graphql';

/** Returns the absolute path of the committed supergraph. */
export function supergraphFile(root = ROOT): string {
  return join(root, graphPath(SUPERGRAPH, root));
}

/** Composition failed; the message lists the errors. */
export class CompositionFailed extends Error {
  override name = 'CompositionFailed';
}

/** Composes the supergraph of all subgraph folders, with routing URLs `lambda://NAME`. Throws CompositionFailed. */
export function composeSupergraph(root = ROOT): string {
  const composed = compose(readSchemas(root));
  if (composed.ok)
    return `# Composed from subgraphs/*/schema.graphql by \`npm run compose\`.\n${composed.supergraphSdl}\n`;
  throw new CompositionFailed(composed.errors.flatMap((error) => findingLines(error, (_, text) => text)).join('\n'));
}

/** Writes the supergraph if it has changed; returns whether it has. */
export function writeSupergraph(sdl: string, root = ROOT): boolean {
  const file = supergraphFile(root);
  if (existsSync(file) && readFileSync(file, 'utf8') === sdl) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, sdl);
  return true;
}
