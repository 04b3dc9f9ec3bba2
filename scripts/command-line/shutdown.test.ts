import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PROGRAM = `
  import { shutDownOnSignal } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'shutdown.ts')))};
  const never = new Promise(() => {});
  shutDownOnSignal({
    stop: async () => { console.log('stop'); if (process.argv[1] === 'hangs') await never; },
    kill: () => console.log('kill'),
  });
  setInterval(() => {}, 1_000);
  console.log('ready');`;

/** Runs a process and signals it repeatedly until it exits; returns the signal it exited by, and its output. */
async function exitOn(signal: NodeJS.Signals, how: 'stops' | 'hangs'): Promise<{ by: string; output: string[] }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, how], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const output: string[] = [];
  let repeat: NodeJS.Timeout | undefined;
  child.stdout.on('data', (text) => {
    output.push(...String(text).trim().split('\n'));
    if (!repeat) {
      child.kill(signal);
      repeat = setInterval(() => child.kill(signal), 50);
    }
  });
  const [, by] = await ended;
  clearInterval(repeat);
  return { by, output };
}

test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP'])(
  '%s stops the system, then ends the process by the same signal',
  async (signal) => {
    expect(await exitOn(signal, 'stops')).toEqual({ by: signal, output: ['ready', 'stop'] });
  },
);

test('a second Ctrl-C kills a hanging system; signals right after the first are ignored', async () => {
  expect(await exitOn('SIGINT', 'hangs')).toEqual({ by: 'SIGINT', output: ['ready', 'stop', 'kill'] });
});
