import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { GATEWAYS, type GatewayName } from './warm/gateways.ts';

/** The module of a checkout that times its whole local run. */
export const WHOLE_SYSTEM = 'bench/cold/whole-system.ts';

/** Parsed command line. */
export type BenchArguments = { json: string | undefined } & (
  | { kind: 'help' }
  | { kind: 'warm'; rounds: number; seconds: number; gateways: GatewayName[] }
  | { kind: 'stream'; runs: number }
  | { kind: 'live'; rounds: number; subscriptions: number }
  | { kind: 'cold'; runs: number; svg: string | undefined; base: string | undefined }
);

/** Subscriptions are spread over connections of 50 and topics of ten. */
const SUBSCRIPTIONS_STEP = 50;

export const HELP = `Usage: npm run bench -- [warm|cold|stream|live] [options]

Compares this project's gateway with others, side by side on this machine.

  warm            requests per second, latency and CPU time of running gateways (the default);
                  it takes seven minutes
    --rounds N    number of rounds; results are medians (default 7, at most 100)
    --seconds N   duration of each load; four per gateway and round (default 3, at most 60)
    --only NAMES  some of the gateways: ${GATEWAYS.join(',')} (the floor always runs)

  cold            time from the start of a Lambda's process to its first answer; it takes three minutes
    --runs N      processes of each kind, results are medians (default 20, at most 200)
    --svg FILE    also write a chart
    --base PATH   also compare the whole local run with that of another checkout, which is built

  stream          time to the first byte with and without @defer, cost of compression, and memory of a
                  large response; it takes a minute
    --runs N      requests of each kind, results are medians (default 20, at most 200)

  live            CPU time of a message to a subscriber, messages per second, and the time from an event to the
                  last message, for one topic and for many; it takes ten minutes
    --rounds N    events of each topic; results are medians (default 5, at most 100)
    --subscriptions N   a multiple of ${SUBSCRIPTIONS_STEP} (default 10000, at most 20000)

  --json FILE     also write the results
  --help          show this
`;

const OPTIONS = {
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  only: { type: 'string' },
  runs: { type: 'string' },
  svg: { type: 'string' },
  base: { type: 'string' },
  subscriptions: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const KIND_OPTIONS = {
  warm: ['rounds', 'seconds', 'only'],
  cold: ['runs', 'svg', 'base'],
  stream: ['runs'],
  live: ['rounds', 'subscriptions'],
} as const;
type Kind = keyof typeof KIND_OPTIONS;

/** Parses the command line; throws an error that names an invalid argument. */
export function parseBenchArguments(argv: string[]): BenchArguments {
  const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: OPTIONS });
  const [kind = 'warm', ...others] = positionals;
  if (values.help) return { kind: 'help', json: undefined };
  if (!isKind(kind) || others.length > 0) {
    throw new Error(`There is no benchmark "${positionals.join(' ')}": choose warm, cold, stream or live.\n\n${HELP}`);
  }
  const own: readonly string[] = KIND_OPTIONS[kind];
  const foreign = Object.values(KIND_OPTIONS)
    .flat()
    .find((name) => values[name] !== undefined && !own.includes(name));
  if (foreign) throw new Error(`The ${kind} benchmark has no option --${foreign}.\n\n${HELP}`);
  const json = writable('json', values.json);
  if (kind === 'stream') return { kind, json, runs: whole('runs', values.runs ?? '20', 200) };
  if (kind === 'live')
    return {
      kind,
      json,
      rounds: whole('rounds', values.rounds ?? '5', 100),
      subscriptions: subscriptionsFrom(values.subscriptions ?? '10000'),
    };
  if (kind === 'cold') {
    const [svg, base] = [writable('svg', values.svg), checkout(values.base)];
    return { kind, json, runs: whole('runs', values.runs ?? '20', 200), svg, base };
  }
  return {
    kind,
    json,
    rounds: whole('rounds', values.rounds ?? '7', 100),
    seconds: within('seconds', values.seconds ?? '3', 0.1, 60),
    gateways: gatewaysFrom(values.only),
  };
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(KIND_OPTIONS, kind);
}

function checkout(folder: string | undefined): string | undefined {
  if (folder === undefined || existsSync(join(folder, WHOLE_SYSTEM))) return folder && resolve(folder);
  throw new Error(`--base ${folder}: there is no ${WHOLE_SYSTEM}.`);
}

function whole(name: string, text: string, most: number): number {
  const value = within(name, text, 1, most);
  if (!Number.isInteger(value)) throw new Error(`--${name} must be a whole number, not "${text}".`);
  return value;
}

function subscriptionsFrom(text: string): number {
  const value = whole('subscriptions', text, 20_000);
  if (value % SUBSCRIPTIONS_STEP === 0) return value;
  throw new Error(`--subscriptions must be a multiple of ${SUBSCRIPTIONS_STEP}, not ${value}.`);
}

function within(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new Error(`--${name} must be a number from ${least} to ${most}, not "${text}".`);
}

function gatewaysFrom(text: string | undefined): GatewayName[] {
  if (text === undefined) return [...GATEWAYS];
  const names = text.split(',');
  const unknown = names.find((name) => !GATEWAYS.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`--only takes ${GATEWAYS.join(', ')}, not "${unknown}".`);
  return GATEWAYS.filter((name) => name === 'floor' || names.includes(name));
}

/** Fails early if a result file cannot be written: a benchmark takes minutes. */
function writable(name: string, file: string | undefined): string | undefined {
  if (file === undefined || existsSync(dirname(resolve(file)))) return file;
  throw new Error(`--${name} ${file}: there is no folder ${dirname(file)}.`);
}
