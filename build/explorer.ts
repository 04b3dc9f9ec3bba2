import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { parse } from 'graphql';
import type { EventDescription, GraphDescription } from '../local/explorer/graph/graph-description.ts';
import { filesIn, runIfChanged } from './build-step.ts';
import { supergraphFile } from './compose.ts';
import { deprecatedFields } from './deprecated-use.ts';
import { ROOT } from './discover.ts';
import { examples } from './examples.ts';
import { describeSupergraph } from './graph-description.ts';
import { registeredOperations } from './operations/registered.ts';

/** Writes the explorer's data: its tabs to `examples.json`, the description of the graph to `graph.json`. */
export async function writeExplorerData(directory: string, root = ROOT): Promise<void> {
  writeFileSync(join(directory, 'examples.json'), JSON.stringify(examples(root)));
  const supergraph = parse(readFileSync(supergraphFile(root), 'utf8'), { noLocation: true });
  const { services, types } = describeSupergraph(supergraph);
  const deprecated = deprecatedFields(supergraph, types, registeredOperations(root));
  const description: GraphDescription = { services, types, deprecated, events: await eventsOf(directory, root) };
  writeFileSync(join(directory, 'graph.json'), JSON.stringify(description));
}

/** Builds the explorer's page, with a graph's examples and description. */
export async function buildExplorer(directory: string, root = ROOT): Promise<void> {
  const source = join(ROOT, 'local', 'explorer');
  mkdirSync(directory, { recursive: true });
  copyFileSync(join(source, 'index.html'), join(directory, 'index.html'));
  const assets = join(directory, 'assets');
  const bundling = runIfChanged({ name: 'explorer', root, values: '' }, async () => {
    // Parts of former builds: their names contain a hash.
    rmSync(assets, { recursive: true, force: true });
    const found = await bundlePage(join(source, 'explorer.tsx'), directory);
    return {
      found,
      outputs: [...['explorer.js', 'explorer.css'].map((name) => join(directory, name)), ...filesIn(assets)],
    };
  });
  await Promise.all([bundling, writeExplorerData(directory, root)]);
}

/** Bundles the page's modules and style sheet; returns its source files. */
async function bundlePage(entry: string, directory: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    outdir: directory,
    absWorkingDir: ROOT,
    metafile: true,
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    jsx: 'automatic',
    chunkNames: 'assets/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    loader: { '.woff': 'file', '.woff2': 'file', '.ttf': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs);
}

/** Returns the events of a graph; reads them again if the code of a service has changed. */
async function eventsOf(directory: string, root: string): Promise<EventDescription[]> {
  const script = join(ROOT, 'build', 'service-events.ts');
  const output = join(directory, 'events.json');
  const files = [script, ...filesIn(join(root, 'subgraphs'), join(ROOT, 'platform'))];
  await runIfChanged({ name: 'events', root, values: '', files }, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, root], { cwd: ROOT });
    writeFileSync(output, stdout);
    return { outputs: [output] };
  });
  return JSON.parse(readFileSync(output, 'utf8'));
}
