import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually } from '../test/eventually.ts';
import { lockCheckout } from './run-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PROGRAM = `
  import { lockCheckout } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'run-lock.ts')))};
  lockCheckout(process.argv[1], { pid: process.pid, port: 4000, stage: 'dev' });
  console.log('locked');
  setInterval(() => {}, 1_000);`;

/** Starts a process that holds the lock. */
async function startHolder(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
  return child;
}

test.each<NodeJS.Signals>(['SIGKILL', 'SIGINT'])(
  'a second run is rejected while the first is alive, and can start after %s',
  async (signal) => {
    const first = await startHolder();
    const second = () => lockCheckout(folder, { pid: process.pid, port: 5000, stage: 'prod' });
    expect(second).toThrow(
      `The system is already running in this checkout: process ${first.pid}, stage dev, port 4000. Stop it first, or`,
    );
    first.kill(signal);
    await once(first, 'exit');
    await eventually(async () => (await startHolder()).kill());
  },
);
