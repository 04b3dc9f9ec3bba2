import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { requiredEnv } from '#platform/env.ts';
import { filesIn, runIfChanged } from '../build-step.ts';
import { assetOf, type Bundle } from '../bundle.ts';
import { readSchemas } from '../discover.ts';
import { generatedResponses, type SubgraphOperation } from './generated-responses.ts';
import { trainingEvents } from './training-events.ts';

const TRAIN = join(import.meta.dirname, 'train.cjs');

/** Dummy configuration of the functions during compilation. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  FUNCTION_PREFIX: 'none-',
  INTROSPECTION: 'on',
  TOKEN_AUDIENCE: 'none',
  TABLE_NAME: 'none',
  EVENT_BUS_NAME: 'none',
  CONNECTION_TABLE: 'none',
  CONNECTIONS_ENDPOINT: 'http://none',
  DELIVERY_QUEUE_URL: 'http://none',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  NODE_ENV: 'production',
  APOLLO_TELEMETRY_DISABLED: '1',
};

/** Answer of a table without items. */
const NO_ITEMS = JSON.stringify({ Items: [], Count: 0, ScannedCount: 0, Responses: {}, UnprocessedKeys: {} });

/** Path of a call of a subgraph's function. */
const INVOKED = new RegExp(`/functions/${ENVIRONMENT.FUNCTION_PREFIX}([^/]+)/invocations`);

/** Writes V8 code caches into the changed assets, for the V8 version and architecture of this Node. */
export async function compileCode(bundles: Bundle[], signal?: AbortSignal): Promise<void> {
  const fakeAws = awsFor(bundles).listen(0, '127.0.0.1');
  await once(fakeAws, 'listening');
  const url = `http://127.0.0.1:${(fakeAws.address() as AddressInfo).port}`;
  const env = { PATH: requiredEnv('PATH'), AWS_ENDPOINT_URL: url, TOKEN_ISSUER: url, ...ENVIRONMENT };
  const queue = bundles.filter(({ skipsCodeCache }) => !skipsCodeCache);
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await trainIfChanged(next, { env, signal });
    }
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
  } finally {
    fakeAws.closeAllConnections();
    fakeAws.close();
  }
}

/**
 * Answers like AWS while training: a subgraph's function with generated data, so that the code which joins and projects data
 * is compiled too.
 */
function awsFor(bundles: Bundle[]): Server {
  const answers = generatedResponses(readSchemas(bundles[0]?.root), { listLength: 2 });
  return createServer((incoming, outgoing) => {
    const [, subgraph] = INVOKED.exec(incoming.url ?? '') ?? [];
    const answer = subgraph
      ? json(incoming).then((request) => answers(subgraph, request as SubgraphOperation))
      : NO_ITEMS;
    Promise.resolve(answer).then(
      (text) => outgoing.end(text),
      (error: Error) => outgoing.writeHead(500).end(error.message),
    );
  });
}

interface TrainOptions {
  env: NodeJS.ProcessEnv;
  signal: AbortSignal | undefined;
}

function trainIfChanged(bundle: Bundle, options: TrainOptions): Promise<void> {
  const asset = assetOf(bundle);
  const events = trainingEvents(bundle);
  const withoutTime = JSON.stringify(events, (key, value) => (key === 'deadline' ? undefined : value));
  const files = filesIn(asset).filter(isCode);
  const step = { name: `code-cache-${bundle.name}`, root: bundle.root, values: withoutTime, files };
  return runIfChanged(step, async () => {
    await train(asset, events, options);
    return { outputs: filesIn(asset).filter((file) => !isCode(file)) };
  });
}

/** Whether a file of an asset is no code cache. */
export const isCode = (file: string) => !file.endsWith('.cache');

/** Runs a function on events. Ignores its output; passes the events by standard input, as they can exceed argument limits. */
async function train(asset: string, events: object[], { env, signal }: TrainOptions): Promise<void> {
  const child = spawn(process.execPath, [TRAIN, asset], { env, signal, stdio: ['pipe', 'ignore', 'pipe'] });
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.end(JSON.stringify(events));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The code of ${asset} cannot be compiled:\n${Buffer.concat(errors)}`);
}
