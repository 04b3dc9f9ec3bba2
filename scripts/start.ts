import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setInterval } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { optionalEnv } from '#platform/env.ts';
import { buildAll, outputsOf } from '../build/build.ts';
import { discoverSubgraphs, FIRST_SERVICE, graphName, ROOT } from '../build/discover.ts';
import { watchSources } from '../build/watch.ts';
import { apolloKeyName, checkStage, serviceName } from '../infra/settings.ts';
import { LogPrinter } from '../local/log-printer.ts';
import { LocalSystem } from '../local/system.ts';
import type { Connection } from '../operator/connection.ts';
import { seedOf } from '../operator/graph-data.ts';
import { fail, portFrom } from './arguments.ts';
import { connectionFile } from './connection.ts';
import { describe } from './describe.ts';
import { openLog } from './log-file.ts';

const LOOK_AGAIN_MS = 300;
const HELP = `Usage: npm start -- [options]

Builds and runs the whole system on this machine.

  --stage S  the stage whose settings count: dev or prod (default dev); each has its own data
  --port N   port of the API (default 4000, or the environment variable PORT)
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
  fresh: boolean;
  quiet: boolean;
}

async function start(port: number, { stage, fresh, quiet }: Options): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const printer = new LogPrinter(process.stdout);
  let isReady = false;
  checkStage(stage);
  await firstService(say);
  say('Building …');
  const sources = await buildAll({ stage });
  const outputs = outputsOf();
  const data = join(ROOT, '.data', stage);
  let logged: ReturnType<typeof openLog> | undefined;
  const system = await LocalSystem.start({
    ...outputs,
    data,
    port,
    fresh,
    dynamoDbEndpoint: optionalEnv('DYNAMODB_ENDPOINT'),
    secrets: { [apolloKeyName({ graph: graphName(), stage })]: optionalEnv('APOLLO_KEY') ?? '' },
    onLog: (name, line) => {
      logged?.write({ functionName: shortName(name, stage), line });
      // What goes well of all that the sample data and imports set off is nobody's news.
      const isNews = isReady && !line.includes('"requestId":"operator"');
      if (!quiet && (isNews || !line.includes('"level":"INFO"'))) printer.print(shortName(name, stage), line);
    },
  });
  logged = openLog(port);
  const connection: Connection = { url: system.url, graph: graphName(), stage, aws: system.awsAccess };
  writeFileSync(connectionFile(port), JSON.stringify(connection), { mode: 0o600 });

  const stopWatching = watchSources({
    sources,
    stage,
    onBundled: (name) => system.replaceBundle(name),
    onSynthesized: () => system.reload(),
    onMessage: say,
  });
  const stop = async () => {
    stopWatching();
    rmSync(connectionFile(port), { force: true });
    await system.close();
    logged?.close();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  try {
    await seedOnce(connection, join(data, 'seeded'), say);
  } catch (error) {
    await system.close();
    throw error;
  }
  isReady = true;
  say(describe(system.model));
  const client = outputs.webClient ? `  ·  web client ${system.url}/app/` : '';
  say(
    `Ready  ${system.url}/graphql  ·  explorer ${system.url}/${client}  ·  health ${system.url}/health  ·  Ctrl-C stops\n`,
  );
}

/** Waits for a graph's first service. */
async function firstService(say: (line: string) => void): Promise<void> {
  if (discoverSubgraphs().length > 0) return;
  say(`${FIRST_SERVICE}\nWaiting for it …`);
  for await (const _ of setInterval(LOOK_AGAIN_MS)) if (discoverSubgraphs().length > 0) return;
}

async function seedOnce(connection: Connection, marker: string, say: (line: string) => void): Promise<void> {
  const sample = await seedOf();
  if (!sample || existsSync(marker)) return;
  say('Seeding …');
  await sample.seed(connection);
  writeFileSync(marker, '');
}

/** Logs show a function by its service, the last part of its name, and what is none by its own. */
function shortName(name: string, stage: string): string {
  const prefix = serviceName({ graph: graphName(), stage }, '');
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
