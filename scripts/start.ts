import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay, setInterval } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { optionalEnv } from '#platform/env.ts';
import { buildAll, outputsOf } from '../build/build.ts';
import { discoverSubgraphs, graphName, NO_SERVICE_YET, ROOT } from '../build/discover.ts';
import { SourceWatch } from '../build/watch.ts';
import { apolloKeyName, checkStage, serviceName } from '../infra/settings.ts';
import { LocalSystem } from '../local/system.ts';
import type { SystemOptions } from '../local/system-options.ts';
import type { Connection } from '../operator/connection.ts';
import { grantHint } from '../operator/grant-hint.ts';
import { seedOf } from '../operator/graph-data.ts';
import { parsePartialRun, resolvePartialRun } from '../operator/partial-run.ts';
import { lockCheckout } from '../operator/run-lock.ts';
import { fail, portFrom } from './command-line/arguments.ts';
import { describe } from './command-line/describe.ts';
import { RunLog } from './command-line/run-log.ts';
import { shutDownOnSignal } from './command-line/shutdown.ts';
import { differenceLines } from './command-line/stack-differences.ts';
import { connectionFile } from './connection.ts';

const SIGNAL_GRACE_MS = 100;
const POLL_MS = 300;
const HELP = `Usage: npm start -- [options]

Builds and runs the whole system on this machine.

  --stage S  the stage whose settings to use: dev or prod (default dev); each has its own data
  --port N   port of the API (default 4000, or the environment variable PORT)
  --only A,B run only these subgraphs and the gateway here; needs --with
  --with S   invoke the other subgraphs in this deployed stage, with your AWS credentials; local events stay local
  --fresh    start with empty tables
  --quiet    hide function logs
  --help     show this

DYNAMODB_ENDPOINT replaces the built-in DynamoDB. With APOLLO_KEY and APOLLO_GRAPH_REF, usage is reported to Apollo Studio.
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
  const part = parsePartialRun(options.only, options.with, services);
  lockCheckout(join(ROOT, '.data'), { pid: process.pid, port, stage });
  const shutdown = new AbortController();
  const { signal } = shutdown;
  /** Silent during shutdown: later errors are caused by it. */
  const print = (line: string) => signal.aborted || process.stdout.write(`${line}\n`);
  let system: LocalSystem | undefined;
  let starting: Promise<LocalSystem> | undefined;
  let watch: SourceWatch | undefined;
  shutDownOnSignal({
    stop: async () => {
      shutdown.abort();
      rmSync(connectionFile(port), { force: true });
      const started = system ?? (await starting?.catch(() => undefined));
      await Promise.all([watch?.close(), started?.close()]);
    },
    kill: () => system?.kill(),
  });
  try {
    await waitForService(print);
    const graph = graphName();
    const elsewhere = part && (await resolvePartialRun({ graph, stage, part, subgraphs: services }));
    print('Building …');
    watch = await SourceWatch.begin();
    const sources = await buildAll({ stage, signal });
    if (signal.aborted) return;
    const log = new RunLog({ stage, port, quiet, signal });
    const data = join(ROOT, '.data', part ? `${stage}-with-${part.with}` : stage);
    const onLog = (name: string, line: string) => log.note(name, line);
    const mapLine = (line: string) => log.mapLine(line);
    starting = LocalSystem.start(
      systemOptions({
        stage,
        data,
        port,
        fresh,
        onLog,
        onNotice: print,
        mapLine,
        ...(elsewhere && { part: elsewhere }),
      }),
    );
    system = await starting;
    if (signal.aborted) return;
    log.open();
    const connection: Connection = { url: system.url, graph, stage, aws: system.awsAccess };
    writeFileSync(connectionFile(port), JSON.stringify(connection), { mode: 0o600 });
    watch.rebuild({
      sources,
      stage,
      onBundled: (names) => {
        log.renew();
        system?.replaceBundles(names);
      },
      onSynthesized: async (names) => {
        log.renew();
        await system?.reload(names);
      },
      onMessage: print,
    });
    // In a partial run, seeded data would refer to entities that the deployed services do not have.
    if (!part) await seedOnce(connection, join(data, 'seeded'), print);
    log.begin();
    print(describe(system.model));
    const differences = differenceLines(system.stackDifferences, { graph, stage, port });
    if (differences.length > 0) print(`${differences.join('\n')}\n`);
    if (part) print(`  ${part.only.join(', ')} and the gateway run here; all others in AWS, stage ${part.with}\n`);
    print(readyLine(system));
  } catch (error) {
    // Ctrl-C also ends the child processes; their failure can arrive before the signal.
    await delay(SIGNAL_GRACE_MS);
    if (signal.aborted) return;
    await system?.close();
    throw error;
  }
}

/** Waits until the graph has a service. */
async function waitForService(print: (line: string) => unknown): Promise<void> {
  if (discoverSubgraphs().length > 0) return;
  print(`${NO_SERVICE_YET}\nWaiting for it …`);
  for await (const _ of setInterval(POLL_MS)) if (discoverSubgraphs().length > 0) return;
}

async function seedOnce(connection: Connection, marker: string, print: (line: string) => unknown): Promise<void> {
  const module = await seedOf();
  if (!module || existsSync(marker)) return;
  print('Seeding …');
  await module.seed(connection);
  writeFileSync(marker, '');
}

function systemOptions({
  stage,
  ...options
}: Pick<SystemOptions, 'data' | 'port' | 'fresh' | 'onLog' | 'onNotice' | 'mapLine' | 'part'> & {
  stage: string;
}): SystemOptions {
  return {
    ...outputsOf(),
    dynamoDbEndpoint: optionalEnv('DYNAMODB_ENDPOINT'),
    grantHint: (call) => grantHint(call, serviceName({ graph: graphName(), stage }, ''), discoverSubgraphs()),
    secrets: { [apolloKeyName({ graph: graphName(), stage })]: optionalEnv('APOLLO_KEY') ?? '' },
    ...options,
  };
}

function readyLine({ url, webSocketUrl }: LocalSystem): string {
  const subscriptions = webSocketUrl ? `  ·  subscriptions ${webSocketUrl}` : '';
  const client = outputsOf().webClient ? `  ·  web client ${url}/app/` : '';
  return `Ready  ${url}/graphql${subscriptions}  ·  explorer ${url}/${client}  ·  health ${url}/health  ·  Ctrl-C stops\n`;
}
