import type { Child } from '../child.ts';
import { usageOf } from '../usage.ts';
import type { Gateway } from './gateways.ts';
import type { LoadOrder, LoadReport } from './load.ts';

/** The processes beside the gateways. */
export interface Rig {
  subgraphs: Child;
  load: Child;
}

/** One round of one gateway. */
export interface Round {
  /** Requests per second at 50 connections. */
  rps50: number;
  /** At one connection, as a Lambda environment has it. */
  p50Ms: number;
  p99Ms: number;
  /** CPU time of the gateway's process alone, at one connection. */
  cpuMsPerRequest: number;
  subgraphCalls: number;
  rssMb: number;
  /** CPU time that the subgraphs and the load generator took at 50 connections, in parts of one core. */
  subgraphsBusy: number;
  loadBusy: number;
}

const CONNECTIONS = 50;

/** Loads a gateway with one connection and then with 50, each for a time. */
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

/** CPU time of a process from now on. */
function cpuClock({ pid }: Child): () => number {
  const { cpuMs } = usageOf(pid);
  return () => usageOf(pid).cpuMs - cpuMs;
}
