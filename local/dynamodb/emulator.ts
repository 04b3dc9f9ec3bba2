import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** A running DynamoDB. */
export interface Emulator {
  /** `http://host:port` */
  endpoint: string;
  stop(): Promise<void>;
}

export interface EmulatorOptions {
  /** The database file; a new one is made if it is not there. */
  file: string;
  /** A DynamoDB that is running already, to be used as it is. */
  endpoint?: string | undefined;
}

const START_LIMIT = 10_000;

/**
 * Finds a DynamoDB for this machine: the given endpoint, the installed platform package of dynoxide, `dynoxide` on the
 * PATH, or Docker's amazon/dynamodb-local, which keeps no data between runs.
 */
export async function startEmulator({ file, endpoint }: EmulatorOptions): Promise<Emulator> {
  if (endpoint) return { endpoint, stop: async () => {} };
  const port = await freePort();
  const [command, ...args] = emulatorCommand(file, port);
  const child = spawn(command ?? '', args, { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(url, child);
  return {
    endpoint: url,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function emulatorCommand(file: string, port: number): string[] {
  const packaged = join(
    import.meta.dirname,
    `../../node_modules/@dynoxide/${process.platform}-${process.arch}/dynoxide`,
  );
  const serve = ['serve', '--port', String(port), '--db-path', file];
  if (existsSync(packaged)) return [packaged, ...serve];
  if (runs('dynoxide', '--version')) return ['dynoxide', ...serve];
  if (runs('docker', 'info'))
    return ['docker', 'run', '--rm', '--publish', `127.0.0.1:${port}:8000`, 'amazon/dynamodb-local'];
  throw new Error(
    'No DynamoDB for this machine: set DYNAMODB_ENDPOINT, put "dynoxide" on the PATH, or start Docker for amazon/dynamodb-local.',
  );
}

function runs(command: string, argument: string): boolean {
  return spawnSync(command, [argument], { stdio: 'ignore', timeout: 5_000 }).status === 0;
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + START_LIMIT; Date.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`DynamoDB stopped as it started, with exit code ${child.exitCode}.`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  child.kill('SIGKILL');
  throw new Error(`DynamoDB did not answer within ${START_LIMIT / 1_000} s.`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('No free port');
  return address.port;
}
