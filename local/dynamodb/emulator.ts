import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../port.ts';
import { createDatabase, indexStreamRecords } from './emulator-database.ts';

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
  /** Where packages are installed. */
  packages?: string;
  /** Where programs are looked for, as in the environment variable; by default as this process does. */
  path?: string;
}

const PACKAGES = join(import.meta.dirname, '../../node_modules');
const START_LIMIT = 10_000;

/**
 * Finds a DynamoDB for this machine: the given endpoint, the installed platform package of dynoxide, `dynoxide` on the
 * PATH, or Docker's amazon/dynamodb-local, which keeps no data between runs.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { endpoint } = options;
  if (endpoint) {
    if (await answers(endpoint)) return { endpoint, stop: async () => {} };
    throw new Error(`No DynamoDB answers at ${endpoint}, which DYNAMODB_ENDPOINT names.`);
  }
  const port = await freePort();
  const { command, args } = emulatorCommand(options, port);
  createDatabase(options.file);
  const child = spawn(command, args, { stdio: 'ignore', ...environment(options.path) });
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(url, child);
  indexStreamRecords(options.file);
  return {
    endpoint: url,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function emulatorCommand({ file, packages = PACKAGES, path }: EmulatorOptions, port: number) {
  const packaged = join(packages, `@dynoxide/${process.platform}-${process.arch}/dynoxide`);
  const serve = ['serve', '--port', String(port), '--db-path', file];
  if (existsSync(packaged)) return { command: packaged, args: serve };
  if (runs('dynoxide', '--version', path)) return { command: 'dynoxide', args: serve };
  if (runs('docker', 'info', path)) {
    const publish = `127.0.0.1:${port}:8000`;
    return { command: 'docker', args: ['run', '--rm', '--publish', publish, 'amazon/dynamodb-local'] };
  }
  throw new Error(
    'No DynamoDB for this machine: set DYNAMODB_ENDPOINT, put "dynoxide" on the PATH, or start Docker for amazon/dynamodb-local.',
  );
}

function runs(command: string, argument: string, path: string | undefined): boolean {
  return spawnSync(command, [argument], { stdio: 'ignore', timeout: 5_000, ...environment(path) }).status === 0;
}

function environment(path: string | undefined): { env?: { PATH: string } } {
  return path === undefined ? {} : { env: { PATH: path } };
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  let problem: Error | undefined;
  child.once('error', (error) => {
    problem = error;
  });
  for (const end = Date.now() + START_LIMIT; Date.now() < end; ) {
    if (problem) throw new Error(`DynamoDB cannot be started: ${problem.message}.`);
    if (child.exitCode !== null) throw new Error(`DynamoDB stopped as it started, with exit code ${child.exitCode}.`);
    if (await answers(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  child.kill('SIGKILL');
  throw new Error(`DynamoDB did not answer within ${START_LIMIT / 1_000} s.`);
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
