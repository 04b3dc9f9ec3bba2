import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { requiredEnv } from '#platform/env.ts';
import { assetOf, type Bundle } from '../bundle.ts';
import { trainingEvents } from './training-events.ts';

const TRAIN = join(import.meta.dirname, 'train.cjs');

/** What the functions are configured with while they are run for the compiler. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  FUNCTION_PREFIX: 'none-',
  INTROSPECTION: 'on',
  TOKEN_AUDIENCE: 'none',
  TABLE_NAME: 'none',
  EVENT_BUS_NAME: 'none',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  NODE_ENV: 'production',
  APOLLO_TELEMETRY_DISABLED: '1',
};

/** What the training is answered: by a subgraph without data, and by a table without items, whichever call DynamoDB is sent. */
const ANSWER = JSON.stringify({ data: {}, Items: [], Count: 0, ScannedCount: 0, Responses: {}, UnprocessedKeys: {} });

/** Compiles the code of assets, for the V8 and the architecture of the Node that runs this, and puts it into them. */
export async function compileCode(bundles: Bundle[], signal?: AbortSignal): Promise<void> {
  const nothing = createServer((_, outgoing) => outgoing.end(ANSWER)).listen(0, '127.0.0.1');
  await once(nothing, 'listening');
  const url = `http://127.0.0.1:${(nothing.address() as AddressInfo).port}`;
  const env = { PATH: requiredEnv('PATH'), AWS_ENDPOINT_URL: url, TOKEN_ISSUER: url, ...ENVIRONMENT };
  const left = bundles.filter(({ mayStartSlowly }) => !mayStartSlowly);
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      await train(assetOf(next), trainingEvents(next), { env, signal });
    }
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
  } finally {
    nothing.closeAllConnections();
    nothing.close();
  }
}

interface TrainOptions {
  env: NodeJS.ProcessEnv;
  signal: AbortSignal | undefined;
}

/** What the functions print is nobody's news; the events may be many, so that they go by the standard input. */
async function train(asset: string, events: object[], { env, signal }: TrainOptions): Promise<void> {
  const child = spawn(process.execPath, [TRAIN, asset], { env, signal, stdio: ['pipe', 'ignore', 'pipe'] });
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  child.stdin.end(JSON.stringify(events));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The code of ${asset} cannot be compiled:\n${Buffer.concat(said)}`);
}
