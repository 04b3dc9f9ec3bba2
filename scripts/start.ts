import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay, setInterval } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { optionalEnv } from '#platform/env.ts';
import { buildAll, outputsOf } from '../build/build.ts';
import { discoverSubgraphs, FIRST_SERVICE, graphName, ROOT } from '../build/discover.ts';
import { SourceWatch } from '../build/watch.ts';
import { apolloKeyName, checkStage, serviceName } from '../infra/settings.ts';
import { LocalSystem } from '../local/system.ts';
import type { Connection } from '../operator/connection.ts';
import { grantHint } from '../operator/grant-hint.ts';
import { seedOf } from '../operator/graph-data.ts';
import { partOfGraph, runPart } from '../operator/part-of-graph.ts';
import { lockCheckout } from '../operator/run-lock.ts';
import { fail, portFrom } from './command-line/arguments.ts';
import { describe } from './command-line/describe.ts';
import { endOnSignal } from './command-line/ending.ts';
import { RunLog } from './command-line/run-log.ts';
import { connectionFile } from './connection.ts';

const SIGNAL_GRACE_MS = 100;
const LOOK_AGAIN_MS = 300;
const HELP = `Usage: npm start -- [options]

Builds and runs the whole system on this machine.

  --stage S  the stage whose settings count: dev or prod (default dev); each has its own data
  --port N   port of the API (default 4000, or the environment variable PORT)
  --only A,B run only these subgraphs, and the gateway, here; with --with
  --with S   invoke all others where this stage is deployed, with your own AWS credentials; events of those here stay here
  --fresh    begin with no data
  --quiet    show no function logs
  --help     show this

DYNAMODB_ENDPOINT names a DynamoDB to use in place of the built-in one. With APOLLO_KEY and APOLLO_GRAPH_REF, Apollo Studio hears how
the graph is used.
`;

try {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string', default: 'dev' },
      port: { type: 'string' },
      only: { type: 'string' },
      with: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else await start(portFrom(values.port), values);
} catch (error) {
  fail(error);
}

interface Options {
  stage: string;
  only?: string;
  with?: string;
  fresh: boolean;
  quiet: boolean;
}

async function start(port: number, { stage, fresh, quiet, ...options }: Options): Promise<void> {
  checkStage(stage);
  const services = discoverSubgraphs().map(({ name }) => name);
  const part = partOfGraph(options.only, options.with, services);
  lockCheckout(join(ROOT, '.data'), { pid: process.pid, port, stage });
  const ending = new AbortController();
  const { signal } = ending;
  /** Nothing is news once it ends: what fails then fails because it ends. */
  const say = (line: string) => signal.aborted || process.stdout.write(`${line}\n`);
  let system: LocalSystem | undefined;
  let starting: Promise<LocalSystem> | undefined;
  let watch: SourceWatch | undefined;
  endOnSignal({
    stop: async () => {
      ending.abort();
      rmSync(connectionFile(port), { force: true });
      const started = system ?? (await starting?.catch(() => undefined));
      await Promise.all([watch?.close(), started?.close()]);
    },
    kill: () => system?.kill(),
  });
  try {
    await firstService(say);
    const graph = graphName();
    const elsewhere = part && (await runPart({ graph, stage, part, subgraphs: services }));
    say('Building …');
    watch = await SourceWatch.begin();
    const sources = await buildAll({ stage, signal });
    if (signal.aborted) return;
    const log = new RunLog({ stage, port, quiet, signal });
    const data = join(ROOT, '.data', part ? `${stage}-with-${part.with}` : stage);
    const onLog = (name: string, line: string) => log.note(name, line);
    starting = LocalSystem.start(
      systemOptions({ stage, data, port, fresh, onLog, ...(elsewhere && { part: elsewhere }) }),
    );
    system = await starting;
    if (signal.aborted) return;
    log.open();
    const connection: Connection = { url: system.url, graph, stage, aws: system.awsAccess };
    writeFileSync(connectionFile(port), JSON.stringify(connection), { mode: 0o600 });
    watch.rebuild({
      sources,
      stage,
      onBundled: (name) => {
        log.renew();
        system?.replaceBundle(name);
      },
      onSynthesized: async () => system?.reload(),
      onMessage: say,
    });
    // Data of a part would refer to what the deployed services do not have.
    if (!part) await seedOnce(connection, join(data, 'seeded'), say);
    log.begin();
    say(describe(system.model));
    if (part) say(`  ${part.only.join(', ')} and the gateway run here; all others in AWS, stage ${part.with}\n`);
    say(readyLine(system.url));
  } catch (error) {
    // Ctrl-C ends what this process has started too, and that may be seen first.
    await delay(SIGNAL_GRACE_MS);
    if (signal.aborted) return;
    await system?.close();
    throw error;
  }
}

/** Waits for a graph's first service. */
async function firstService(say: (line: string) => unknown): Promise<void> {
  if (discoverSubgraphs().length > 0) return;
  say(`${FIRST_SERVICE}\nWaiting for it …`);
  for await (const _ of setInterval(LOOK_AGAIN_MS)) if (discoverSubgraphs().length > 0) return;
}

async function seedOnce(connection: Connection, marker: string, say: (line: string) => unknown): Promise<void> {
  const sample = await seedOf();
  if (!sample || existsSync(marker)) return;
  say('Seeding …');
  await sample.seed(connection);
  writeFileSync(marker, '');
}

type SystemOptions = Parameters<typeof LocalSystem.start>[0];

function systemOptions({
  stage,
  ...options
}: Pick<SystemOptions, 'data' | 'port' | 'fresh' | 'onLog' | 'part'> & { stage: string }): SystemOptions {
  return {
    ...outputsOf(),
    dynamoDbEndpoint: optionalEnv('DYNAMODB_ENDPOINT'),
    grantHint: (call) => grantHint(call, serviceName({ graph: graphName(), stage }, ''), discoverSubgraphs()),
    secrets: { [apolloKeyName({ graph: graphName(), stage })]: optionalEnv('APOLLO_KEY') ?? '' },
    ...options,
  };
}

function readyLine(url: string): string {
  const client = outputsOf().webClient ? `  ·  web client ${url}/app/` : '';
  return `Ready  ${url}/graphql  ·  explorer ${url}/${client}  ·  health ${url}/health  ·  Ctrl-C stops\n`;
}
