import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../port.ts';
import { createDatabase, indexStreamRecords } from './emulator-database.ts';
import { answers, EmulatorProcess } from './emulator-process.ts';

/** A running DynamoDB. */
export interface Emulator {
  /** `http://host:port` */
  endpoint: string;
  /** Says that it will be stopped: if it ends before, it is not started again. */
  letEnd(): void;
  stop(): Promise<void>;
  /** Tells it to end, and does not wait. */
  kill(): void;
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
  /** Hears of it when DynamoDB dies, and when it is back. */
  onLog?: (line: string) => void;
}

const PACKAGES = join(import.meta.dirname, '../../node_modules');

/**
 * Finds a DynamoDB for this machine: the given endpoint, the installed platform package of dynoxide, `dynoxide` on the
 * PATH, or Docker's amazon/dynamodb-local, which keeps no data between runs. One that was started here and dies is started again.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { endpoint } = options;
  if (endpoint) {
    if (await answers(endpoint)) return { endpoint, letEnd() {}, stop: async () => {}, kill() {} };
    throw new Error(`No DynamoDB answers at ${endpoint}, which DYNAMODB_ENDPOINT names.`);
  }
  const port = await freePort();
  const { command, args } = emulatorCommand(options, port);
  createDatabase(options.file);
  const url = `http://127.0.0.1:${port}`;
  const { onLog = () => {}, path } = options;
  const emulator = await EmulatorProcess.start({ command, args, url, onLog, ...environment(path) });
  indexStreamRecords(options.file);
  return { endpoint: url, letEnd: () => emulator.letEnd(), stop: () => emulator.stop(), kill: () => emulator.kill() };
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
