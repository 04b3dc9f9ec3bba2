import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './discover.ts';
import { examples } from './examples.ts';

/** Writes the explorer's tabs to `examples.json`. */
export function writeExamples(directory: string, root = ROOT): void {
  writeFileSync(join(directory, 'examples.json'), JSON.stringify(examples(root)));
}

/** Builds the explorer's page, with a graph's example queries. */
export async function buildExplorer(directory: string, root = ROOT): Promise<void> {
  const source = join(ROOT, 'local', 'explorer');
  mkdirSync(directory, { recursive: true });
  copyFileSync(join(source, 'index.html'), join(directory, 'index.html'));
  writeExamples(directory, root);
  await build({
    entryPoints: [join(source, 'explorer.tsx')],
    outfile: join(directory, 'explorer.js'),
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    jsx: 'automatic',
    loader: { '.woff': 'dataurl', '.woff2': 'dataurl', '.ttf': 'dataurl' },
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'silent',
  });
}
