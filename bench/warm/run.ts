import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Children } from '../child.ts';
import { installPeers } from '../peers.ts';
import { mediansOf } from '../statistics.ts';
import { type Gateway, type GatewayName, GRAFBASE, startGateway } from './gateways.ts';
import { composeGraph, grafbaseConfig } from './graph.ts';
import { measureRound, type Rig, type Round } from './measure.ts';
import { JOINED, type Operation, requestBody, SMALL } from './operations.ts';
import { type Answers, answersOf, compareAnswers } from './verify.ts';

export interface WarmOptions {
  rounds: number;
  /** Duration of each load; four per gateway and round. */
  seconds: number;
  /** Always includes the floor, whose responses are the reference. */
  gateways: GatewayName[];
}

/** Median results of one gateway with one operation. */
export interface WarmRow extends Round {
  name: GatewayName;
}

/** Results for each of the two operations. */
export interface WarmResult {
  joined: WarmRow[];
  small: WarmRow[];
}

/** One gateway with one operation. */
interface Race {
  gateway: Gateway;
  operation: Operation;
  answers: Answers;
  rounds: Round[];
}

const WARM_UP_MS = 2_000;

/** Measures gateways in alternating rounds. */
export async function runWarm(
  { gateways: asked, rounds, seconds }: WarmOptions,
  children: Children,
  say: (line: string) => void,
): Promise<WarmResult> {
  if (asked.some((name) => name === 'hive-rust' || name === 'grafbase')) await installPeers(children, say);
  const names = asked.filter((name) => name !== 'grafbase' || existsSync(GRAFBASE));
  if (names.length < asked.length) say('npm has no program of Grafbase for this machine: it takes no part.');
  const rig = await startRig(children);
  say(`Starting ${names.join(', ')}`);
  const gateways = await startGateways(names, rig.port, children);
  say('Comparing their answers');
  const races = [...(await racesOf(gateways, JOINED)), ...(await racesOf(gateways, SMALL))];
  say('Warming up');
  for (const race of races) await run(race, rig, WARM_UP_MS);
  for (let round = 1; round <= rounds; round++) {
    say(`Round ${round} of ${rounds}`);
    for (const race of rotated(races, round)) race.rounds.push(await run(race, rig, seconds * 1_000));
  }
  return { joined: rowsOf(races, JOINED), small: rowsOf(races, SMALL) };
}

async function startRig(children: Children): Promise<Rig & { port: number }> {
  const [subgraphs, load] = [startProgram('subgraphs'), startProgram('load')];
  const [{ port }] = await Promise.all([subgraphs.says<{ port: number }>(), load.says()]);
  return { subgraphs, load, port };

  function startProgram(name: string) {
    return children.start(name, [join(import.meta.dirname, `${name}.ts`)]);
  }
}

/** Starts the gateways sequentially, so that they do not compete. */
async function startGateways(names: GatewayName[], subgraphsPort: number, children: Children): Promise<Gateway[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  // Some read their files again when those change: they stay until the end.
  children.adopt(() => rmSync(folder, { recursive: true }));
  const [supergraph, grafbase] = [join(folder, 'supergraph.graphql'), join(folder, 'grafbase.toml')];
  const serverUrl = `http://127.0.0.1:${subgraphsPort}`;
  writeFileSync(supergraph, composeGraph(serverUrl));
  writeFileSync(grafbase, grafbaseConfig(serverUrl));
  const gateways: Gateway[] = [];
  for (const name of names) gateways.push(await startGateway(name, { supergraph, grafbase, subgraphsPort }, children));
  return gateways;
}

/** Verifies that each gateway returns the floor's response for every page. */
async function racesOf(gateways: Gateway[], operation: Operation): Promise<Race[]> {
  const races: Race[] = [];
  for (const gateway of gateways) {
    races.push({ gateway, operation, answers: await answersOf(gateway, operation), rounds: [] });
  }
  const right = races.find(({ gateway }) => gateway.name === 'floor')?.answers;
  if (!right) throw new Error('The floor must be among the gateways');
  for (const { gateway, answers } of races) compareAnswers(gateway.name, operation, answers, right);
  return races;
}

async function run({ gateway, operation, answers }: Race, rig: Rig, milliseconds: number): Promise<Round> {
  const bodies = answers.lengths.map((_, page) => requestBody(operation, page));
  try {
    return await measureRound(gateway, rig, { bodies, lengths: answers.lengths, milliseconds });
  } catch (error) {
    throw gateway.child.ended ?? new Error(`The gateway "${gateway.name}" cannot be measured: ${String(error)}`);
  }
}

/** Rotates the order, so that each round starts with another gateway. */
function rotated(races: Race[], round: number): Race[] {
  const first = round % races.length;
  return [...races.slice(first), ...races.slice(0, first)];
}

function rowsOf(races: Race[], operation: Operation): WarmRow[] {
  return races
    .filter((race) => race.operation === operation)
    .map(({ gateway, rounds }) => ({ name: gateway.name, ...mediansOf(rounds) }));
}
