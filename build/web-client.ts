import { join } from 'node:path';
import { ROOT } from './discover.ts';

/** Builds the example of a frontend, as its own configuration says. */
export async function buildWebClient(directory: string): Promise<void> {
  // What builds Lambdas alone does not wait for it to load.
  const { build } = await import('vite');
  await build({
    configFile: join(ROOT, 'examples', 'web-client', 'vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: directory },
  });
}
