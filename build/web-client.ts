import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { envWithPrefix } from '#platform/env.ts';
import { filesIn, runIfChanged } from './build-step.ts';
import { graphFolder, graphPath, ROOT } from './discover.ts';

/** Returns the path of the web client's Vite configuration; undefined if the graph has no client. */
export function clientConfig(root = ROOT): string | undefined {
  const file = join(root, graphPath('client/vite.config.ts', root));
  return existsSync(file) ? file : undefined;
}

/** Builds a graph's web client with its Vite configuration. */
export async function buildWebClient(directory: string, root = ROOT): Promise<void> {
  const environment = { ...envWithPrefix('VITE_'), ...envWithPrefix('NODE_ENV') };
  const files = filesIn(join(root, graphFolder(root)));
  await runIfChanged({ name: 'web-client', root, values: environment, files }, async () => {
    // Loaded on demand: building Lambdas does not need it.
    const { build } = await import('vite');
    await build({ configFile: clientConfig(root) ?? false, logLevel: 'silent', build: { outDir: directory } });
    return { outputs: filesIn(directory) };
  });
}
