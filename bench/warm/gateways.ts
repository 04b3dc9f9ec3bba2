import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../local/http/port.ts';
import manifest from '../../package.json' with { type: 'json' };
import type { Child, Children, Command } from '../child.ts';
import { PEERS } from '../peers.ts';
import { HttpClient } from './http.ts';

/** Gateways, in the order of the table. */
export const GATEWAYS = ['ours', 'stock', 'hive-rust', 'grafbase', 'floor'] as const;
export type GatewayName = (typeof GATEWAYS)[number];

/** A running gateway that serves `POST /graphql`. */
export interface Gateway {
  name: GatewayName;
  port: number;
  child: Child;
}

export interface GraphOnDisk {
  /** Path of the supergraph. */
  supergraph: string;
  /** The configuration of Grafbase's gateway, which composes the subgraphs itself. */
  grafbase: string;
  subgraphsPort: number;
}

const START_LIMIT = 30_000;
/** Node's options of `npm run gateway`. */
const NODE_OPTIONS = manifest.scripts.gateway.match(/--max-\S+/g) ?? [];
/** npm has Grafbase's command line alone, for this kind of machine: its development server runs the engine of the gateway. */
export const GRAFBASE = join(PEERS, 'node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase');
const ROOT = join(import.meta.dirname, '..', '..');

/** Starts a gateway and waits until it responds. */
export async function startGateway(name: GatewayName, graph: GraphOnDisk, children: Children): Promise<Gateway> {
  const port = await freePort();
  const child = children.start(name, commandOf(name, graph, String(port)));
  await untilItAnswers(child, port);
  return { name, port, child };
}

function commandOf(name: GatewayName, { supergraph, grafbase, subgraphsPort }: GraphOnDisk, port: string): Command {
  switch (name) {
    case 'ours':
      return [...NODE_OPTIONS, join(ROOT, 'scripts', 'gateway.ts'), '--supergraph', supergraph, '--port', port];
    case 'stock':
      return [join(import.meta.dirname, 'peers', 'stock.ts'), supergraph, port];
    case 'hive-rust': {
      const program = join(PEERS, 'node_modules/@graphql-hive/gateway/dist/bin.js');
      return [program, 'supergraph', supergraph, '--hive-router-runtime', '--host', '127.0.0.1', '--port', port];
    }
    case 'grafbase':
      return { program: GRAFBASE, args: ['dev', '--config', grafbase, '--listen-address', `127.0.0.1:${port}`] };
    case 'floor':
      return [join(import.meta.dirname, 'peers', 'floor.ts'), String(subgraphsPort), port];
  }
}

async function untilItAnswers(child: Child, port: number): Promise<void> {
  const client = new HttpClient(port, 1);
  for (const end = Date.now() + START_LIMIT; Date.now() < end; await pause(50)) {
    if (child.ended) throw child.ended;
    const answer = await client.post('/graphql', '{"query":"{ __typename }"}').catch(() => undefined);
    if (answer?.status === 200) return client.close();
  }
  throw new Error(`The gateway "${child.name}" did not respond within ${START_LIMIT / 1_000} s.`);
}
