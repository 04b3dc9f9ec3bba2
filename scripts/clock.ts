import { parseArgs } from 'node:util';
import { fail, portFrom } from './command-line/arguments.ts';
import { runningSystem } from './connection.ts';

const HELP = `Usage: npm run clock -- TIME [--port N]

Sets the clock of the running system's alarms and deployments ahead, such as by "5m", "90s" or "1h". Alarms are evaluated at each
minute on the way, and a deployment that waits goes on. The clocks of functions, tokens and queues do not change.
`;

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600 };
const MAX_SECONDS = 86_400;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) process.stdout.write(HELP);
  else await setAhead(secondsIn(positionals), portFrom(values.port));
} catch (error) {
  fail(error);
}

function secondsIn([text = '', ...others]: string[]): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const seconds = Number(count) * (SECONDS[unit] ?? 0);
  if (others.length > 0 || seconds === 0 || seconds > MAX_SECONDS)
    throw new Error(`Give one time of at most a day, such as 5m, 90s or 1h.\n\n${HELP}`);
  return seconds;
}

async function setAhead(seconds: number, port: number): Promise<void> {
  const { url } = await runningSystem(port);
  const response = await fetch(`${url}/clock/ahead/${seconds}`, { method: 'POST' });
  if (!response.ok) throw new Error(`The clock was not set: ${await response.text()}`);
  process.stdout.write(`The clock of alarms and deployments is ${seconds} s further ahead.\n`);
}
