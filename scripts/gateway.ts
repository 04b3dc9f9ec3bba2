import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { parseArgs } from 'node:util';
import { readSupergraph } from '../gateway/engine/plan/supergraph.ts';
import { nodeServer } from '../gateway/http/node-server.ts';
import { ENGINES, type EngineName, standaloneGateway } from '../gateway/standalone/standalone-gateway.ts';
import { post } from '../gateway/subgraphs/transports/http.ts';
import { listen } from '../local/http/port.ts';
import { fail, portFrom } from './command-line/arguments.ts';

const HELP = `Usage: npm run gateway -- --supergraph FILE [options]

Serves a federation 2 supergraph with http:// or https:// subgraphs at /graphql, and a health check at /health.
Clients are not authenticated.

  --supergraph FILE  the composed supergraph, SDL
  --port N           port of the API (default 4000, or the environment variable PORT)
  --timeout MS       timeout of a subgraph request, milliseconds (default 10000)
  --engine NAME      execution engine: own (default), or apollo (@apollo/gateway) for comparison
  --help             show this
`;

try {
  const { values } = parseArgs({
    options: {
      supergraph: { type: 'string' },
      port: { type: 'string' },
      timeout: { type: 'string' },
      engine: { type: 'string', default: 'own' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else {
    const options = {
      port: portFrom(values.port),
      timeout: timeoutFrom(values.timeout),
      engine: engineFrom(values.engine),
    };
    await serve(supergraphIn(values.supergraph), options);
  }
} catch (error) {
  fail(error);
}

async function serve(
  supergraphSdl: string,
  { port, timeout, engine }: { port: number; timeout: number | undefined; engine: EngineName },
): Promise<void> {
  const respond = await standaloneGateway({ supergraphSdl, engine, transportFor: post, timeout });
  const http = nodeServer(respond);
  await listen(http, port);
  const stop = async () => {
    await close(http);
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stdout.write(
    `Ready  http://localhost:${port}/graphql  ·  health http://localhost:${port}/health  ·  Ctrl-C stops\n`,
  );
}

/** Closes the server after the pending requests. */
function close(http: Server): Promise<void> {
  return new Promise((resolve) => {
    const closingIdle = setInterval(() => http.closeIdleConnections(), 20);
    http.close(() => {
      clearInterval(closingIdle);
      resolve();
    });
  });
}

function supergraphIn(file: string | undefined): string {
  if (!file) throw new Error(`Name a supergraph: --supergraph FILE.\n\n${HELP}`);
  const sdl = textOf(file);
  try {
    const { subgraphs, accessSpecifications } = readSupergraph(sdl);
    for (const { name, url } of subgraphs) checkAddress(name, url);
    if (accessSpecifications.length > 0)
      warn(`${file} has access rules (${accessSpecifications.join(', ')}), which this gateway does not enforce.`);
  } catch (error) {
    throw new Error(`${file} cannot be served: ${error instanceof Error ? error.message : String(error)}`);
  }
  return sdl;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function checkAddress(name: string, url: string): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new Error(`the subgraph "${name}" has the address "${url}", which is neither http:// nor https://`);
  }
}

function timeoutFrom(option: string | undefined): number | undefined {
  if (option === undefined) return undefined;
  const milliseconds = Number(option);
  if (!/^\d+$/.test(option) || milliseconds < 1)
    throw new Error(`The timeout must be a number of milliseconds, not "${option}".`);
  return milliseconds;
}

function engineFrom(option: string): EngineName {
  const engine = ENGINES.find((each) => each === option);
  if (!engine) throw new Error(`There is no engine "${option}": choose one of ${ENGINES.join(', ')}.`);
  return engine;
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
