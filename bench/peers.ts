import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The packages of other gateways: a folder of their own, so that the product never depends on them. */
export const PEERS = join(import.meta.dirname, 'peers');

/** Installs the peers if they are not there, or not in the versions that `bench/peers/package.json` names. */
export async function installPeers(say: (line: string) => void): Promise<void> {
  if (areInstalled()) return;
  say('Installing the gateways to compare with (npm ci --prefix bench/peers); this is done once and takes a minute …');
  const npm = spawn('npm', ['ci', '--prefix', PEERS, '--loglevel=error'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  npm.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-1_000);
  });
  const [code] = await once(npm, 'exit');
  if (code === 0) return;
  throw new Error(
    `The gateways to compare with cannot be installed. They come from the npm registry, so the first run needs a network.\n${complaint}`,
  );
}

function areInstalled(): boolean {
  const { dependencies } = readJson<{ dependencies: Record<string, string> }>(join(PEERS, 'package.json'));
  return Object.entries(dependencies).every(([name, version]) => {
    const file = join(PEERS, 'node_modules', name, 'package.json');
    return existsSync(file) && readJson<{ version: string }>(file).version === version;
  });
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
