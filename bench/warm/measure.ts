import type { Child } from '../child.ts';
import { usageOf } from '../usage.ts';
import type { Gateway } from './gateways.ts';
import type { LoadOrder, LoadReport } from './load.ts';

/** Processes besides the gateways. */
export interface Rig {
  subgraphs: Child;
  load: Child;
}

/** Results of one gateway in one round. */
export interface Round {
  /** Requests per second at 50 connections. */
  rps50: number;
  /** With one connection, like a Lambda environment. */
  p50Ms: number;
  p99Ms: number;
  /** CPU time of the gateway's process, with one connection. */
  cpuMsPerRequest: number;
  subgraphCalls: number;
  rssMb: number;
  /** CPU time of subgraphs and load generator with 50 connections, as a fraction of a core. */
  subgraphsBusy: number;
  loadBusy: number;
}

const CONNECTIONS = 50;

/** Measures a gateway with one connection, then with 50. */
export async function measureRound(
  { child, port }: Gateway,
  rig: Rig,
  order: Pick<LoadOrder, 'bodies' | 'lengths' | 'milliseconds'>,
): Promise<Round> {
  const one = await load(rig, child, { ...order, port, connections: 1 });
  const many = await load(rig, child, { ...order, port, connections: CONNECTIONS });
  return {
    rps50: many.requestsPerSecond,
    p50Ms: one.p50Ms,
    p99Ms: one.p99Ms,
    cpuMsPerRequest: one.gatewayCpuMs / one.requests,
    subgraphCalls: (one.calls + many.calls) / (one.requests + many.requests),
    rssMb: usageOf(child.pid).rssMb,
    subgraphsBusy: many.subgraphsCpuMs / many.wallMs,
    loadBusy: many.loadCpuMs / many.wallMs,
  };
}

async function load({ subgraphs, load: generator }: Rig, gateway: Child, order: LoadOrder) {
  await subgraphs.ask();
  const start = performance.now();
  const clocks = { gateway: cpuClock(gateway), subgraphs: cpuClock(subgraphs), generator: cpuClock(generator) };
  const report = await generator.ask<LoadReport>(order);
  return {
    ...report,
    gatewayCpuMs: clocks.gateway(),
    subgraphsCpuMs: clocks.subgraphs(),
    loadCpuMs: clocks.generator(),
    wallMs: performance.now() - start,
    calls: await subgraphs.ask<number>(),
  };
}

/** Returns a function that gives the CPU time of a process since now. */
function cpuClock({ pid }: Child): () => number {
  const { cpuMs } = usageOf(pid);
  return () => usageOf(pid).cpuMs - cpuMs;
}
