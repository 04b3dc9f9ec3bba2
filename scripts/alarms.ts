import { parseArgs } from 'node:util';
import type { AlarmSummary } from '../local/http/developer-api.ts';
import { fail, portFrom } from './command-line/arguments.ts';
import { runningSystem } from './connection.ts';

const STATES = ['ALARM', 'INSUFFICIENT_DATA', 'OK'];
const HELP = `Usage: npm run alarms [-- options]

Lists the alarms of the running system, those that fire first: state, name, start of the state (UTC) and reason.

  --state S  only alarms in this state: ${STATES.join(', ')}
  --port N   port of the system (default 4000, or the environment variable PORT)
  --help     show this

Alarms are evaluated at each full minute. "npm run clock -- 5m" sets their clock ahead.
`;

try {
  const { values } = parseArgs({
    options: {
      state: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else process.stdout.write(`${await list(portFrom(values.port), values.state)}\n`);
} catch (error) {
  fail(error);
}

async function list(port: number, state: string | undefined): Promise<string> {
  if (state !== undefined && !STATES.includes(state))
    throw new Error(`There is no state "${state}": choose from ${STATES.join(', ')}.`);
  const { url } = await runningSystem(port);
  const lines = (await (await fetch(`${url}/alarms`)).text()).split('\n').filter(Boolean);
  const all = lines.map((line) => JSON.parse(line) as AlarmSummary);
  const alarms = all.filter((alarm) => state === undefined || alarm.state === state);
  if (alarms.length === 0) return state ? `No alarm is in the state ${state}.` : 'The system has no alarms.';
  alarms.sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || a.name.localeCompare(b.name));
  return columns(alarms.map((alarm) => [alarm.state, alarm.name, timeOf(alarm.since), alarm.reason]));
}

function columns(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  '))
    .join('\n');
}

function timeOf(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
