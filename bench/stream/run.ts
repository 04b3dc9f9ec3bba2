import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compressed } from '../../gateway/http/compression.ts';
import { lengthOf } from '../../gateway/http/http-message.ts';
import type { Children } from '../child.ts';
import { mediansOf } from '../statistics.ts';
import { peakMb, usageOf } from '../usage.ts';
import { PAGES } from '../warm/data.ts';
import { type Gateway, type GatewayName, startGateway } from '../warm/gateways.ts';
import { composeGraph } from '../warm/graph.ts';
import { composeRows, ROWS_QUERY } from './rows.ts';
import { timedRequest } from './timed-request.ts';

/** Medians of one way to send the query with a slow subgraph, milliseconds. */
export interface DeferRow {
  name: string;
  firstMs: number;
  endMs: number;
}

/** Medians of one content coding, for a response of 1 MB. */
export interface CodingRow {
  name: string;
  bytes: number;
  /** CPU time of compression. */
  cpuMs: number;
}

/** Memory of a gateway before and at the peak of one response, 10^6 bytes. */
export interface LargeResponse {
  bytes: number;
  idleMb: number;
  peakMb: number;
  endMs: number;
}

export interface StreamResult {
  defer: DeferRow[];
  codings: CodingRow[];
  large: LargeResponse;
}

const MB = 1_000_000;
const LARGE_MB = 50;
const CODINGS = ['identity', 'gzip', 'br', 'zstd'];
const MULTIPART = { accept: 'multipart/mixed; incrementalSpec=v0.2' };

const FAST = 'upc name price remarks { id body author { id name remarks { id product { upc name } } } }';
const SLOW = 'inStock shippingEstimate';
const joined = (slow: string) => `query Joined($page: Int!) { topProducts(page: $page, first: 9) { ${FAST} ${slow} } }`;

const VARIANTS: { name: string; gateway: GatewayName; query: string; headers?: Record<string, string> }[] = [
  { name: 'ours, without the slow fields', gateway: 'ours', query: joined('') },
  { name: 'ours, slow fields deferred', gateway: 'ours', query: joined(`... @defer { ${SLOW} }`), headers: MULTIPART },
  { name: 'ours', gateway: 'ours', query: joined(SLOW) },
  { name: 'stock', gateway: 'stock', query: joined(SLOW) },
];

/** Measures how soon a response begins, what compression costs, and the memory of a large response. */
export async function runStream(runs: number, children: Children, say: (line: string) => void): Promise<StreamResult> {
  const subgraphs = children.start('subgraphs', [join(import.meta.dirname, 'subgraphs.ts')]);
  const { port } = await subgraphs.says<{ port: number }>();
  const start = (name: GatewayName, supergraph: string) => startOn(name, supergraph, port, children);
  const serverUrl = `http://127.0.0.1:${port}`;
  const graph = composeGraph(serverUrl);
  const gateways = new Map<GatewayName, Gateway>();
  say('Starting ours, stock');
  for (const name of ['ours', 'stock'] as const) gateways.set(name, await start(name, graph));
  say('A query with a slow subgraph');
  const defer = await measureDefer(gateways, runs);
  const rows = composeRows(serverUrl);
  say('A response of 1 MB');
  const codings = await measureCodings(await start('ours', rows), runs);
  say(`A response of ${LARGE_MB} MB`);
  return { defer, codings, large: await measureLarge(await start('ours', rows)) };
}

function startOn(name: GatewayName, sdl: string, subgraphsPort: number, children: Children): Promise<Gateway> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  children.adopt(() => rmSync(folder, { recursive: true }));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, sdl);
  return startGateway(name, { supergraph, grafbase: '', subgraphsPort }, children);
}

/** Alternates the variants, after requests that warm each up. */
async function measureDefer(gateways: Map<GatewayName, Gateway>, runs: number): Promise<DeferRow[]> {
  const times = VARIANTS.map((): Pick<DeferRow, 'firstMs' | 'endMs'>[] => []);
  for (let run = -5; run < runs; run++)
    for (const [i, { gateway, query, headers = {} }] of VARIANTS.entries()) {
      const variables = { page: (run + PAGES) % PAGES };
      const { text, firstMs, endMs } = await timedRequest(
        gateways.get(gateway)?.port ?? 0,
        { query, variables },
        headers,
      );
      if (text.includes('"errors"')) throw new Error(`${VARIANTS[i]?.name}: ${text.slice(0, 300)}`);
      if (run >= 0) times[i]?.push({ firstMs, endMs });
    }
  return VARIANTS.map(({ name }, i) => ({ name, ...mediansOf(times[i] ?? []) }));
}

/** Compresses the gateway's response in this process, whose CPU time is that of compression alone; alternates the codings. */
async function measureCodings({ port }: Gateway, runs: number): Promise<CodingRow[]> {
  const request = { query: ROWS_QUERY, variables: { bytes: MB } };
  const { text } = await timedRequest(port, request, {});
  const measured = CODINGS.map((): { bytes: number; cpuMs: number }[] => []);
  for (let run = -5; run < runs; run++)
    for (const [i, coding] of CODINGS.entries()) {
      const before = process.cpuUsage();
      const { body } = await compressed({ status: 200, headers: {}, body: text }, coding);
      const { user, system } = process.cpuUsage(before);
      if (run >= 0) measured[i]?.push({ bytes: lengthOf(body) ?? Number.NaN, cpuMs: (user + system) / 1_000 });
    }
  return CODINGS.map((name, i) => ({ name, ...mediansOf(measured[i] ?? []) }));
}

/** The gateway has only answered small requests before. */
async function measureLarge({ port, child }: Gateway): Promise<LargeResponse> {
  const ask = (bytes: number) => timedRequest(port, { query: ROWS_QUERY, variables: { bytes } }, {});
  await ask(1_000);
  const idleMb = usageOf(child.pid).rssMb;
  const { bytes, endMs } = await ask(LARGE_MB * MB);
  return { bytes, idleMb, peakMb: peakMb(child.pid), endMs };
}
