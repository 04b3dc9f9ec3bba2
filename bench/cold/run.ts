import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { buildAll, outputsOf } from '../../build/build.ts';
import { composeSupergraph } from '../../build/compose.ts';
import { LIBRARY } from '../../build/discover.ts';
import type { SystemModel } from '../../local/assembly/model.ts';
import { readSystemModel } from '../../local/assembly/read-system-model.ts';
import { startEmulator } from '../../local/aws/dynamodb/emulator.ts';
import { ensureTables } from '../../local/aws/dynamodb/tables.ts';
import type { FunctionDefinition } from '../../local/aws/lambda/function-definition.ts';
import type { Children } from '../child.ts';
import { installPeers } from '../peers.ts';
import { mediansOf } from '../statistics.ts';
import { startBackend } from './backend.ts';
import { assetBytes } from './bundles.ts';
import { coldStart } from './cold-start.ts';
import { type ColdName, type Contestant, contestants, withVariables } from './contestants.ts';
import { type Answer, answerIn, envelope } from './events.ts';
import { OFFER_BOOK } from './operations.ts';
import { peerSupergraph } from './peer-supergraph.ts';

/** Median measurements of one Lambda. */
export interface ColdRow {
  name: ColdName;
  /** Process start to first complete response, milliseconds. */
  firstMs: number;
  cpuMs: number;
  bundleBytes: number;
  rssMb: number;
  /** Memory after further sequential responses. */
  warmRssMb: number;
}

interface Timed extends Contestant {
  runs: Omit<ColdRow, 'name' | 'bundleBytes' | 'warmRssMb'>[];
}

/** Responses after which a Lambda counts as warm. */
const WARM_ANSWERS = 500;
/** Environments whose memory is measured when warm; they differ by up to 4 MB. */
const WARM_RUNS = 3;

/** Measures cold starts of each Lambda, alternating between them. */
export async function runCold(runs: number, children: Children, say: (line: string) => void): Promise<ColdRow[]> {
  await installPeers(children, say);
  say('Building');
  await buildAll({ root: LIBRARY });
  const candidates = await prepared(children);
  say('Comparing their answers');
  const all: Timed[] = (await checked(candidates, children)).map((each) => ({ ...each, runs: [] }));
  for (let run = 1; run <= runs; run++) {
    say(`Run ${run} of ${runs}`);
    for (const each of rotated(all, run)) {
      const { firstMs, cpuMs, rssMb } = await coldStart(each, children);
      each.runs.push({ firstMs, cpuMs, rssMb });
    }
  }
  say(`Memory after ${WARM_ANSWERS} more answers`);
  const rows: ColdRow[] = [];
  for (const { name, definition, event, runs } of all) {
    const warm: Record<'warmRssMb', number>[] = [];
    for (let run = 0; run < WARM_RUNS; run++) {
      const { warmRssMb } = await coldStart({ definition, event }, children, WARM_ANSWERS);
      warm.push({ warmRssMb });
    }
    rows.push({ name, ...mediansOf(runs), bundleBytes: assetBytes(definition.codeDirectory), ...mediansOf(warm) });
  }
  return rows;
}

/** Starts the subgraphs and the table with the queried book. */
async function prepared(children: Children): Promise<Contestant[]> {
  // No request has a token, so the issuer is never called.
  const model = readSystemModel(outputsOf(LIBRARY).assembly, {
    'AWS::Cognito::UserPool': { ProviderURL: () => 'http://127.0.0.1:1' },
  });
  const gateway = functionOf(model, 'gateway');
  const backend = await startBackend(gateway.environment.FUNCTION_PREFIX ?? '');
  children.adopt(backend.close);
  const AWS_ENDPOINT_URL = await startTables(model, children);
  const subgraph = withVariables(functionOf(model, 'books'), { AWS_ENDPOINT_URL });
  const supergraph = peerSupergraph(composeSupergraph(LIBRARY), backend.url);
  const bookId = await offerBook(subgraph, children);
  return contestants({ gateway, subgraph, bookId, supergraph, backendUrl: backend.url });
}

/** Adds the queried book; returns its id. */
async function offerBook(definition: FunctionDefinition, children: Children): Promise<string> {
  const { body } = await coldStart({ definition, event: envelope(OFFER_BOOK) }, children);
  const { offerBook } = dataOf('offer', answerIn(body)) as { offerBook: { id: string } };
  return offerBook.id;
}

function functionOf({ functions }: SystemModel, service: string) {
  const found = functions.find(({ name }) => name.endsWith(`-${service}`));
  if (!found) throw new Error(`The cloud assembly has no function of ${service}`);
  return found;
}

async function startTables({ tables }: SystemModel, children: Children): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const { endpoint, stop } = await startEmulator({ file: join(folder, 'dynamodb.db') });
  children.adopt(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  await ensureTables(client, tables);
  client.destroy();
  return endpoint;
}

/**
 * Returns the contestants to measure. Throws unless all gateways, and both subgraphs, return the same data. Skips `ours-known` if
 * the build registers no operation.
 */
async function checked(all: Contestant[], children: Children): Promise<Contestant[]> {
  const answers = new Map<string, { name: string; data: unknown }>();
  const checkedOnes: Contestant[] = [];
  for (const each of all) {
    const answer = answerIn((await coldStart(each, children)).body);
    if (each.name === 'ours-known' && isNotKnown(answer)) continue;
    checkedOnes.push(each);
    if (each.refusedAs) {
      checkRefusal(each, answer);
      continue;
    }
    const data = dataOf(each.name, answer);
    if (!each.answersAs) continue;
    const other = answers.get(each.answersAs) ?? { name: each.name, data };
    answers.set(each.answersAs, other);
    if (!isDeepStrictEqual(data, other.data))
      throw new Error(
        `"${each.name}" returns different data than "${other.name}": ${JSON.stringify(data).slice(0, 500)}`,
      );
  }
  return checkedOnes;
}

function isNotKnown({ errors }: Answer): boolean {
  return errors?.[0]?.extensions?.code?.startsWith('PERSISTED_QUERY_NOT') ?? false;
}

function checkRefusal({ name, refusedAs }: Contestant, answer: Answer): void {
  if (answer.errors?.[0]?.extensions?.code === refusedAs && !answer.data) return;
  throw new Error(`"${name}" does not refuse: ${JSON.stringify(answer).slice(0, 500)}`);
}

function dataOf(name: string, { data, errors }: Answer): unknown {
  if (errors) throw new Error(`"${name}" returns errors: ${JSON.stringify(errors).slice(0, 500)}`);
  return data;
}

/** Rotates the order, so that each run starts with another one. */
function rotated<T>(all: T[], run: number): T[] {
  const first = run % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}
