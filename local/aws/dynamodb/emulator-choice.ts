import { basename, dirname, join } from 'node:path';

/** What an emulator is chosen by. */
export interface Machine {
  platform: NodeJS.Platform;
  arch: string;
  /** Ids of the user and the group, where there are any: what a container writes belongs to them. */
  user?: { uid: number; gid: number };
  isFile: (path: string) => boolean;
  /** Whether a command can be run. */
  runs: (command: string, ...args: string[]) => boolean;
}

/** A DynamoDB that can be started. */
export interface EmulatorChoice {
  command: string;
  args: string[];
  /** What ends it; a signal if it is left out. */
  stop?: { command: string; args: string[] };
  /** Whether it is dynoxide, whose database is one SQLite file. */
  isDynoxide: boolean;
  /** Milliseconds that it may take to answer. */
  startLimit: number;
}

export interface EmulatorPlace {
  /** Dynoxide's database file; the folder of its name is Docker's. */
  file: string;
  port: number;
  /** Where packages are installed. */
  packages: string;
}

const START_LIMIT = 10_000;
/** The first start fetches the image. */
const DOCKER_START_LIMIT = 180_000;
const IMAGE = 'amazon/dynamodb-local';
const DATA = '/home/dynamodblocal/data';

/**
 * Chooses a DynamoDB for a machine: the installed platform package of dynoxide, `dynoxide` on the PATH, or Docker's
 * amazon/dynamodb-local. Both keep their data between starts. Throws an error that says what to install.
 */
export function chooseEmulator(machine: Machine, place: EmulatorPlace): EmulatorChoice {
  const { platform, arch } = machine;
  const suffix = platform === 'win32' ? '.exe' : '';
  const packaged = join(place.packages, `@dynoxide/${platform}-${arch}/dynoxide${suffix}`);
  if (machine.isFile(packaged)) return dynoxide(packaged, place);
  if (machine.runs('dynoxide', '--version')) return dynoxide('dynoxide', place);
  if (machine.runs('docker', 'info')) return docker(machine, place);
  const [what, why] = machine.runs('docker', '--version')
    ? ['start Docker', 'Docker is installed and does not run']
    : ['install and start Docker (https://docs.docker.com/get-docker/)', 'neither dynoxide nor Docker is installed'];
  throw new Error(
    `No DynamoDB for this machine (${platform} ${arch}): ${why}. Do one of these: ${what}, put "dynoxide" on the PATH, or set DYNAMODB_ENDPOINT to one that runs.`,
  );
}

function dynoxide(command: string, { file, port }: EmulatorPlace): EmulatorChoice {
  const args = ['serve', '--port', String(port), '--db-path', file];
  return { command, args, isDynoxide: true, startLimit: START_LIMIT };
}

function docker({ user }: Machine, { file, port }: EmulatorPlace): EmulatorChoice {
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
    startLimit: DOCKER_START_LIMIT,
  };
}

/** Name of the folder, beside dynoxide's file, that keeps Docker's data. */
export function dockerFolder(file: string): string {
  return `${basename(file, '.db')}-docker`;
}
