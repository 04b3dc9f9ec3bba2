import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { graphPath, ROOT } from './discover.ts';

/** Vite's configuration of a graph's client; undefined for a graph without one. */
export function clientConfig(root = ROOT): string | undefined {
  const file = join(root, graphPath('client/vite.config.ts', root));
  return existsSync(file) ? file : undefined;
}

/** Builds the client of a graph, as its own configuration says. */
export async function buildWebClient(directory: string, root = ROOT): Promise<void> {
  // What builds Lambdas alone does not wait for it to load.
  const { build } = await import('vite');
  await build({ configFile: clientConfig(root) ?? false, logLevel: 'silent', build: { outDir: directory } });
}
