import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '../../http/port.ts';
import { chooseEmulator, dockerFolder, type Machine } from './emulator-choice.ts';
import { createDatabase, indexStreamRecords } from './emulator-database.ts';
import { EmulatorProcess, isReachable } from './emulator-process.ts';

/** A running DynamoDB. */
export interface Emulator {
  /** `http://host:port` */
  endpoint: string;
  /** No longer restarts it if it exits. */
  expectExit(): void;
  stop(): Promise<void>;
  /** Terminates it without waiting. */
  kill(): void;
}

export interface EmulatorOptions {
  /** The database file; created if it does not exist. */
  file: string;
  /** URL of a running DynamoDB to use instead of starting one. */
  endpoint?: string | undefined;
  /** The node_modules folder. */
  packages?: string;
  /** PATH for the programs; defaults to that of this process. */
  path?: string;
  /** Called when DynamoDB crashes and when it is available again. */
  onLog?: (line: string) => void;
}

const PACKAGES = join(import.meta.dirname, '../../../node_modules');

/** Starts the DynamoDB that `chooseEmulator` chooses, restarted after a crash; or uses the given endpoint. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { endpoint, file, packages = PACKAGES, path, onLog = () => {} } = options;
  if (endpoint) {
    if (await isReachable(endpoint)) return { endpoint, expectExit() {}, stop: async () => {}, kill() {} };
    throw new Error(`No DynamoDB responds at ${endpoint} (DYNAMODB_ENDPOINT).`);
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
    // Docker Desktop on macOS and Windows maps file ownership itself.
    ...(platform === 'linux' && uid !== undefined && gid !== undefined && { user: { uid, gid } }),
    isFile: existsSync,
    runs: (command, ...args) =>
      spawnSync(command, args, { stdio: 'ignore', timeout: 5_000, ...environment(path) }).status === 0,
  };
}

function environment(path: string | undefined): { env?: { PATH: string } } {
  return path === undefined ? {} : { env: { PATH: path } };
}
