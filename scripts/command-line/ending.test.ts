import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PROGRAM = `
  import { endOnSignal } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'ending.ts')))};
  const never = new Promise(() => {});
  endOnSignal({
    stop: async () => { console.log('stop'); if (process.argv[1] === 'hangs') await never; },
    kill: () => console.log('kill'),
  });
  setInterval(() => {}, 1_000);
  console.log('ready');`;

/** A process that was signalled again and again until it ended; tells by which signal, and what it said. */
async function signalled(signal: NodeJS.Signals, how: 'stops' | 'hangs'): Promise<{ by: string; said: string[] }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, how], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const said: string[] = [];
  let again: NodeJS.Timeout | undefined;
  child.stdout.on('data', (text) => {
    said.push(...String(text).trim().split('\n'));
    if (!again) {
      child.kill(signal);
      again = setInterval(() => child.kill(signal), 50);
    }
  });
  const [, by] = await ended;
  clearInterval(again);
  return { by, said };
}

test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP'])(
  '%s ends what was started, and then the process by the same signal',
  async (signal) => {
    expect(await signalled(signal, 'stops')).toEqual({ by: signal, said: ['ready', 'stop'] });
  },
);

test('a second Ctrl-C ends at once what does not stop; what comes with the first is the first', async () => {
  expect(await signalled('SIGINT', 'hangs')).toEqual({ by: 'SIGINT', said: ['ready', 'stop', 'kill'] });
});
