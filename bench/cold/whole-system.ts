import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputsOf } from '../../build/build.ts';
import { graphName, LIBRARY } from '../../build/discover.ts';
import { LocalSystem } from '../../local/system.ts';
import { Operator } from '../../operator/connection.ts';
import type { Children } from '../child.ts';
import { median, mediansOf } from '../statistics.ts';
import { OFFER_BOOK, registeredOperation } from './operations.ts';

/** Median time to the first response of the whole system with all functions cold, milliseconds. */
export interface WholeSystem {
  /** As deployed: subgraphs start when called. */
  coldMs: number;
  /** With pre-warming: subgraphs of later steps start while the first step runs. */
  preWarmedMs: number;
}

/** Measures a registered operation in the local run with cold functions, alternating with and without pre-warming. */
export async function wholeSystem(runs: number, children: Children): Promise<WholeSystem> {
  const data = mkdtempSync(join(tmpdir(), 'bench-'));
  const system = await LocalSystem.start({ ...outputsOf(LIBRARY), data, port: 0, onLog: () => {} });
  const stop = children.adopt(async () => {
    await system.close();
    rmSync(data, { recursive: true, force: true });
  });
  try {
    const bookId = await offerBook(system);
    const times = { off: [] as number[], on: [] as number[] };
    for (let run = 0; run < runs; run++) {
      for (const preWarm of ['off', 'on'] as const) times[preWarm].push(await firstAnswer(system, bookId, preWarm));
    }
    return { coldMs: median(times.off), preWarmedMs: median(times.on) };
  } finally {
    await stop();
  }
}

async function offerBook({ url, awsAccess }: LocalSystem): Promise<string> {
  const { query, variables, viewer } = OFFER_BOOK;
  const operator = new Operator({ url, graph: graphName(LIBRARY), aws: awsAccess });
  const { offerBook } = await operator.run<{ offerBook: { id: string } }>('books', query, variables, viewer);
  return offerBook.id;
}

async function firstAnswer(system: LocalSystem, bookId: string, preWarm: 'off' | 'on'): Promise<number> {
  for (const definition of system.model.functions) {
    system.lambda.put({ ...definition, environment: { ...definition.environment, PREWARM: preWarm } });
  }
  const { id, variables } = registeredOperation(bookId);
  const body = JSON.stringify({ documentId: id, variables });
  const start = performance.now();
  const response = await fetch(`${system.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const { data } = (await response.json()) as { data?: { book?: object | null } };
  if (!data?.book) throw new Error("The system did not return the benchmark's book");
  return performance.now() - start;
}

/** Times of this checkout and of another. */
export interface Compared {
  ours: WholeSystem;
  base: WholeSystem;
}

/** Runs of one checkout before it is the other's turn: each starts its own system. */
const RUNS_A_TURN = 4;

/** Times the whole system of this checkout and of another, each over its own graph, in turns. */
export async function compareWithBase(module: string, runs: number, children: Children): Promise<Compared> {
  const base: { wholeSystem: typeof wholeSystem } = await import(module);
  const turns: Compared[] = [];
  for (let left = runs; left > 0; left -= RUNS_A_TURN) {
    const inTurn = Math.min(left, RUNS_A_TURN);
    turns.push({ base: await base.wholeSystem(inTurn, children), ours: await wholeSystem(inTurn, children) });
  }
  return { ours: mediansOf(turns.map(({ ours }) => ours)), base: mediansOf(turns.map((turn) => turn.base)) };
}
