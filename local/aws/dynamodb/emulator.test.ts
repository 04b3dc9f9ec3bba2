import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { eventually } from '../../../test/eventually.ts';
import { type EmulatorOptions, startEmulator } from './emulator.ts';

const INSTALLED = join(
  import.meta.dirname,
  `../../../node_modules/@dynoxide/${process.platform}-${process.arch}/dynoxide`,
);
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'emulator-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Starts a DynamoDB with only the given programs on the PATH, and no packages. */
function start(programs: Record<string, string>, options: Partial<EmulatorOptions> = {}) {
  const path = join(directory, 'bin');
  mkdirSync(path);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(path, name), 0o755);
  }
  return startEmulator({ file: join(directory, 'dynamodb.db'), packages: directory, path, ...options });
}

async function respondsAndStops(starting: ReturnType<typeof startEmulator>) {
  const emulator = await starting;
  expect((await fetch(emulator.endpoint)).status).toBeGreaterThan(0);
  await emulator.stop();
  await expect(fetch(emulator.endpoint)).rejects.toThrow();
}

test('the installed package is the first choice', async () => {
  const failing = { dynoxide: 'exit 1', docker: 'exit 1' };
  const folder = join(directory, `@dynoxide/${process.platform}-${process.arch}`);
  mkdirSync(folder, { recursive: true });
  symlinkSync(INSTALLED, join(folder, 'dynoxide'));
  await respondsAndStops(start(failing));
});

test('dynoxide on the PATH is the second choice', async () => {
  await respondsAndStops(start({ dynoxide: `exec ${INSTALLED} "$@"`, docker: 'exit 1' }));
});

test('Docker is the last choice: it keeps its data and is stopped by name', async () => {
  const docker = `case "$1" in
info) exit 0 ;;
stop) exec /bin/kill $(/bin/cat ${join(directory, 'pid')}) ;;
esac
port=$(echo "$6" | /usr/bin/cut -d: -f2)
echo $$ > ${join(directory, 'pid')}
exec ${INSTALLED} serve --port "$port" --db-path "$(echo "$8" | /usr/bin/cut -d: -f1)/data.db"`;
  await respondsAndStops(start({ docker }));
  expect(existsSync(join(directory, 'dynamodb-docker/data.db'))).toBe(true);
});

test('without any of them, the error says what to install', async () => {
  await expect(start({})).rejects.toThrow(
    /^No DynamoDB for this machine \(\w+ \w+\): neither dynoxide nor Docker is installed\. Do one of these: install and start Docker/,
  );
});

test('a program that exits on startup fails with an error that has its exit code', async () => {
  await expect(start({ dynoxide: '[ "$1" = --version ] || exit 7' })).rejects.toThrow(
    'DynamoDB exited on startup with exit code 7.',
  );
});

test('a given endpoint is used as it is, if it responds', async () => {
  const running = await startEmulator({ file: join(directory, 'running.db') });
  const external = await startEmulator({ file: '', endpoint: running.endpoint });
  await external.stop();
  expect((await fetch(running.endpoint)).status).toBeGreaterThan(0);
  await running.stop();
  await expect(startEmulator({ file: '', endpoint: running.endpoint })).rejects.toThrow(
    `No DynamoDB responds at ${running.endpoint} (DYNAMODB_ENDPOINT).`,
  );
});

describe('after a crash', () => {
  const logs: string[] = [];
  beforeEach(() => logs.splice(0));
  const starting = () =>
    start(
      {
        dynoxide: `[ "$1" = --version ] || echo $$ > ${join(directory, 'pid')}\nexec ${INSTALLED} "$@"`,
        docker: 'exit 1',
      },
      { onLog: (line) => logs.push(line) },
    );
  const kill = () => process.kill(Number(readFileSync(join(directory, 'pid'), 'utf8')), 'SIGKILL');

  test('DynamoDB is restarted at the same endpoint with the same data, and logs it', async () => {
    const emulator = await starting();
    const client = new DynamoDBClient({ endpoint: emulator.endpoint, region: 'us-east-1', credentials: CREDENTIALS });
    await client.send(new CreateTableCommand(TABLE));
    for (const times of [1, 2]) {
      kill();
      await eventually(async () => expect(logs).toHaveLength(2 * times));
      expect((await client.send(new ListTablesCommand())).TableNames).toEqual([TABLE.TableName]);
    }
    expect(logs.slice(0, 2)).toEqual([
      'DynamoDB exited with signal SIGKILL; restarting it.',
      'DynamoDB is available again.',
    ]);
    await emulator.stop();
    await expect(fetch(emulator.endpoint)).rejects.toThrow();
  });

  test('DynamoDB is not restarted if the exit was expected', async () => {
    const emulator = await starting();
    emulator.expectExit();
    kill();
    await emulator.stop();
    await expect(fetch(emulator.endpoint)).rejects.toThrow();
    expect(logs).toEqual([]);
  });

  test('DynamoDB can be stopped during the restart', async () => {
    const emulator = await starting();
    kill();
    await eventually(async () => expect(logs).toHaveLength(1));
    await emulator.stop();
    await expect(fetch(emulator.endpoint)).rejects.toThrow();
  });
});

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const TABLE: CreateTableCommandInput = {
  TableName: 'things',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
};
