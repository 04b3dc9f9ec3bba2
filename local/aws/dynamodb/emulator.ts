import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '../../http/port.ts';
import { chooseEmulator, dockerFolder, type Machine } from './emulator-choice.ts';
import { createDatabase, indexStreamRecords } from './emulator-database.ts';
import { answers, EmulatorProcess } from './emulator-process.ts';

/** A running DynamoDB. */
export interface Emulator {
  /** `http://host:port` */
  endpoint: string;
  /** Says that it will be stopped: if it ends before, it is not started again. */
  expectExit(): void;
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

const PACKAGES = join(import.meta.dirname, '../../../node_modules');

/**
 * Finds a DynamoDB for this machine: the given endpoint, or what `chooseEmulator` finds. One that was started here and dies is
 * started again.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { endpoint, file, packages = PACKAGES, path, onLog = () => {} } = options;
  if (endpoint) {
    if (await answers(endpoint)) return { endpoint, expectExit() {}, stop: async () => {}, kill() {} };
    throw new Error(`No DynamoDB answers at ${endpoint}, which DYNAMODB_ENDPOINT names.`);
  }
  const port = await freePort();
  const { isDynoxide, ...program } = chooseEmulator(thisMachine(path), { file, port, packages });
  if (isDynoxide) createDatabase(file);
  else mkdirSync(join(dirname(file), dockerFolder(file)), { recursive: true });
  const url = `http://127.0.0.1:${port}`;
  const emulator = await EmulatorProcess.start({ ...program, url, onLog, ...environment(path) });
  if (isDynoxide) indexStreamRecords(file);
  return {
    endpoint: url,
    expectExit: () => emulator.expectExit(),
    stop: () => emulator.stop(),
    kill: () => emulator.kill(),
  };
}

function thisMachine(path: string | undefined): Machine {
  const { platform, arch } = process;
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  return {
    platform,
    arch,
    // Docker's own machines on macOS and Windows see to whom files belong.
    ...(platform === 'linux' && uid !== undefined && gid !== undefined && { user: { uid, gid } }),
    isFile: existsSync,
    runs: (command, ...args) =>
      spawnSync(command, args, { stdio: 'ignore', timeout: 5_000, ...environment(path) }).status === 0,
  };
}

function environment(path: string | undefined): { env?: { PATH: string } } {
  return path === undefined ? {} : { env: { PATH: path } };
}
