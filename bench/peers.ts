import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Children } from './child.ts';

/** Folder with the packages of other gateways, separate so that the product does not depend on them. */
export const PEERS = join(import.meta.dirname, 'peers');

interface Lock {
  packages: Record<string, { version?: string; optional?: boolean }>;
}

/** Installs the peers, unless they match `bench/peers/package-lock.json`. */
export async function installPeers(children: Children, say: (line: string) => void): Promise<void> {
  if (areInstalled()) return;
  say('Installing the gateways to compare with (npm ci --prefix bench/peers): once, it takes a minute or two …');
  const npm = spawn('npm', ['ci', '--prefix', PEERS, '--loglevel=error'], { stdio: ['ignore', 'ignore', 'pipe'] });
  children.adopt(() => npm.kill());
  let complaint = '';
  npm.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(0, 400);
  });
  const [code] = await once(npm, 'exit');
  if (code === 0) return;
  throw new Error(
    `The gateways to compare with cannot be installed. They come from the npm registry, so the first run needs a network.\n${complaint}`,
  );
}

/** npm writes this lock file after a complete installation. */
function areInstalled(): boolean {
  const file = join(PEERS, 'node_modules', '.package-lock.json');
  if (!existsSync(file)) return false;
  const [installed, locked] = [readLock(file), readLock(join(PEERS, 'package-lock.json'))];
  return Object.entries(locked).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

function readLock(file: string): Lock['packages'] {
  return (JSON.parse(readFileSync(file, 'utf8')) as Lock).packages;
}
