import { basename, dirname, join } from 'node:path';

/** The machine that an emulator is chosen for. */
export interface Machine {
  platform: NodeJS.Platform;
  arch: string;
  /** Owner of the files that a container writes; undefined if the platform has no such ids. */
  user?: { uid: number; gid: number };
  isFile: (path: string) => boolean;
  /** Returns whether a command exits with 0. */
  runs: (command: string, ...args: string[]) => boolean;
}

/** Command that starts a DynamoDB. */
export interface EmulatorChoice {
  command: string;
  args: string[];
  /** Command that stops it; SIGTERM by default. */
  stop?: { command: string; args: string[] };
  /** Whether it is dynoxide, whose database is one SQLite file. */
  isDynoxide: boolean;
  /** Milliseconds until it must respond. */
  startTimeout: number;
}

export interface EmulatorSettings {
  /** Dynoxide's database file; Docker's data folder is named after it. */
  file: string;
  port: number;
  /** The node_modules folder. */
  packages: string;
}

const START_TIMEOUT = 10_000;
/** The first start pulls the image. */
const DOCKER_START_TIMEOUT = 180_000;
const IMAGE = 'amazon/dynamodb-local';
const DATA = '/home/dynamodblocal/data';

/**
 * Chooses a DynamoDB for a machine: the installed platform package of dynoxide, `dynoxide` on the PATH, or Docker's
 * amazon/dynamodb-local. Both keep their data between starts. Throws an error that says what to install if there is none.
 */
export function chooseEmulator(machine: Machine, settings: EmulatorSettings): EmulatorChoice {
  const { platform, arch } = machine;
  const suffix = platform === 'win32' ? '.exe' : '';
  const packaged = join(settings.packages, `@dynoxide/${platform}-${arch}/dynoxide${suffix}`);
  if (machine.isFile(packaged)) return dynoxide(packaged, settings);
  if (machine.runs('dynoxide', '--version')) return dynoxide('dynoxide', settings);
  if (machine.runs('docker', 'info')) return docker(machine, settings);
  const [remedy, reason] = machine.runs('docker', '--version')
    ? ['start Docker', 'Docker is installed but not running']
    : ['install and start Docker (https://docs.docker.com/get-docker/)', 'neither dynoxide nor Docker is installed'];
  throw new Error(
    `No DynamoDB for this machine (${platform} ${arch}): ${reason}. Do one of these: ${remedy}, put "dynoxide" on the PATH, or set DYNAMODB_ENDPOINT to a running one.`,
  );
}

function dynoxide(command: string, { file, port }: EmulatorSettings): EmulatorChoice {
  const args = ['serve', '--port', String(port), '--db-path', file];
  return { command, args, isDynoxide: true, startTimeout: START_TIMEOUT };
}

function docker({ user }: Machine, { file, port }: EmulatorSettings): EmulatorChoice {
  const name = `dynamodb-local-${port}`;
  const data = join(dirname(file), dockerFolder(file));
  return {
    command: 'docker',
    args: [
      ...['run', '--rm', '--name', name, '--publish', `127.0.0.1:${port}:8000`, '--volume', `${data}:${DATA}`],
      ...(user ? ['--user', `${user.uid}:${user.gid}`] : []),
      ...[IMAGE, '-jar', 'DynamoDBLocal.jar', '-sharedDb', '-disableTelemetry', '-dbPath', DATA],
    ],
    stop: { command: 'docker', args: ['stop', '--time', '5', name] },
    isDynoxide: false,
    startTimeout: DOCKER_START_TIMEOUT,
  };
}

/** Returns the name of Docker's data folder, next to dynoxide's file. */
export function dockerFolder(file: string): string {
  return `${basename(file, '.db')}-docker`;
}
