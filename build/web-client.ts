import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './discover.ts';

/** Builds the example of a frontend, as its own configuration says; a project without one builds none. */
export async function buildWebClient(directory: string): Promise<void> {
  const configFile = join(ROOT, 'examples', 'web-client', 'vite.config.ts');
  if (!existsSync(configFile)) return;
  // What builds Lambdas alone does not wait for it to load.
  const { build } = await import('vite');
  await build({ configFile, logLevel: 'silent', build: { outDir: directory } });
}
