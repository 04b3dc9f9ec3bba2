import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { filesIn, runIfChanged } from './build-step.ts';
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
  const script = join(directory, 'explorer.js');
  await runIfChanged({ name: 'explorer', root, values: '' }, async () => ({
    found: await bundlePage(join(source, 'explorer.tsx'), script),
    outputs: filesIn(directory).filter((file) => file.startsWith(join(directory, 'explorer.'))),
  }));
}

/** Bundles the page's script and style sheet; returns its source files. */
async function bundlePage(entry: string, script: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: script,
    absWorkingDir: ROOT,
    metafile: true,
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
  return Object.keys(metafile.inputs);
}
