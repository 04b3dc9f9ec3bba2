import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { requiredEnv } from '#platform/env.ts';
import type { Program } from '../../gateway/engine/program.ts';
import { parseTypeRef, type TypeRef } from '../../gateway/engine/type-ref.ts';
import type { KnownOperation } from '../../gateway/operations/known-operation.ts';
import { OPERATIONS } from '../../gateway/operations/registered-operations.ts';
import { assetOf, type Bundle } from '../bundle.ts';

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
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  NODE_ENV: 'production',
  APOLLO_TELEMETRY_DISABLED: '1',
};

/** Writes V8 code caches into the assets, for the V8 version and architecture of this Node. */
export async function compileCode(bundles: Bundle[], signal?: AbortSignal): Promise<void> {
  const fakeAws = createServer((_, outgoing) => outgoing.end('{"data":{}}')).listen(0, '127.0.0.1');
  await once(fakeAws, 'listening');
  const url = `http://127.0.0.1:${(fakeAws.address() as AddressInfo).port}`;
  const env = { PATH: requiredEnv('PATH'), AWS_ENDPOINT_URL: url, TOKEN_ISSUER: url, ...ENVIRONMENT };
  const queue = bundles.filter(({ skipsCodeCache }) => !skipsCodeCache);
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await train(assetOf(next), eventsFor(next), { env, signal });
    }
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
  } finally {
    fakeAws.closeAllConnections();
    fakeAws.close();
  }
}

interface TrainOptions {
  env: NodeJS.ProcessEnv;
  signal: AbortSignal | undefined;
}

/** Runs a function on events. Ignores its output; passes the events by standard input, as they can exceed argument limits. */
async function train(asset: string, events: object[], { env, signal }: TrainOptions): Promise<void> {
  const child = spawn(process.execPath, [TRAIN, asset], { env, signal, stdio: ['pipe', 'ignore', 'pipe'] });
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.end(JSON.stringify(events));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The code of ${asset} cannot be compiled:\n${Buffer.concat(errors)}`);
}

/** Returns events that exercise the code of a function's first response. Publishers and consumers are only loaded. */
function eventsFor(bundle: Bundle): object[] {
  const { name } = bundle;
  if (name === 'gateway') return [...knownOperations(assetOf(bundle)).map(requestFor), clientRequest('{ __typename }')];
  if (name === 'publisher' || name.endsWith('-consumer')) return [];
  return [
    { query: '{ __typename }', variables: {}, requestId: 'none', traceparent: '', deadline: Date.now() + 60_000 },
  ];
}

function knownOperations(asset: string): KnownOperation[] {
  const folder = join(asset, OPERATIONS);
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

/** Returns a client request for an operation, with generated variables. */
function requestFor({ body, programs }: KnownOperation): object {
  const [program] = Object.values(programs);
  const variables = (program?.variables ?? []).map(({ name, type }) => [
    name,
    exampleValue(parseTypeRef(type), program),
  ]);
  return clientRequest(body, Object.fromEntries(variables));
}

function exampleValue(type: TypeRef, program: Program | undefined): unknown {
  if (!type.nonNull) return null;
  if ('item' in type) return [];
  const input = program?.inputTypes[type.name];
  if (input?.kind === 'enum') return input.values[0];
  if (input?.kind !== 'input') return VALUES[type.name] ?? '';
  const fields = Object.entries(input.fields).map(([name, field]) => [
    name,
    exampleValue(parseTypeRef(field.type), program),
  ]);
  return Object.fromEntries(fields.filter(([, value]) => value !== null));
}

const VALUES: Record<string, unknown> = { Int: 1, Float: 1, Boolean: true };

function clientRequest(query: string, variables = {}): object {
  return {
    version: '2.0',
    rawPath: '/graphql',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { requestId: 'none', http: { method: 'POST', path: '/graphql' } },
    body: JSON.stringify({ query, variables }),
    isBase64Encoded: false,
  };
}
