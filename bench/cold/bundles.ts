import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { DIST } from '../../build/bundle.ts';
import { ROOT } from '../../build/discover.ts';
import { PEERS } from '../peers.ts';

const ENTRIES = {
  floor: join(import.meta.dirname, 'handlers', 'floor.ts'),
  stock: join(import.meta.dirname, 'handlers', 'stock.ts'),
  'stock-subgraph': join(import.meta.dirname, 'handlers', 'stock-subgraph.ts'),
  hive: join(PEERS, 'hive-lambda.mjs'),
};
export type PeerName = keyof typeof ENTRIES;

/** Bundles a peer's Lambda into one minified file; returns the folder of its asset. */
export async function bundlePeer(name: PeerName, supergraphSdl: string): Promise<string> {
  const directory = join(DIST, 'bench', name);
  const supergraph = join(directory, 'supergraph.graphql');
  mkdirSync(directory, { recursive: true });
  writeFileSync(supergraph, supergraphSdl);
  await build({
    entryPoints: [ENTRIES[name]],
    outfile: join(directory, 'asset', 'index.cjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    loader: { '.graphql': 'text' },
    legalComments: 'none',
    logLevel: 'silent',
    absWorkingDir: ROOT,
    // In the peers' favour: otherwise the bundles would have two copies of Apollo Server, as ES modules and CommonJS.
    alias: { 'supergraph.graphql': supergraph, '@apollo/server': join(ROOT, 'node_modules/@apollo/server') },
    conditions: ['require'],
  });
  return join(directory, 'asset');
}

/** Returns the total size of an asset's files, bytes. */
export function assetBytes(directory: string): number {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
