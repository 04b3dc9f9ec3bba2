import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { Planner } from '../gateway/engine/plan/planner.ts';
import { programOf } from '../gateway/engine/plan/program-of.ts';
import { readSupergraph } from '../gateway/engine/plan/supergraph.ts';
import { limitsFrom } from '../gateway/limits/limits.ts';
import { OperationGuard } from '../gateway/operation-guard.ts';
import type { KnownGraph, KnownOperation } from '../gateway/prepared/known-operation.ts';
import { GRAPH, idOf, OPERATIONS } from '../gateway/prepared/operation-store.ts';
import { assetOf } from './bundle.ts';
import { ROOT } from './discover.ts';
import { registeredOperations } from './operations/registered.ts';

/**
 * Validates and plans every registered operation, and puts what the gateway needs to run it into the gateway's asset, a file
 * for each id. One that does not fit the schema is not made ready: the gateway says why to those who ask for it.
 */
export function writeKnownOperations(supergraphSdl: string, root = ROOT): void {
  const asset = assetOf({ name: 'gateway', root });
  const model = readSupergraph(supergraphSdl);
  const planner = new Planner(model);
  const guard = new OperationGuard({
    supergraph: parse(supergraphSdl, { noLocation: true }),
    schema: model.schema,
    policies: {},
    limits: limitsFrom(undefined),
  });
  const known = (name: string, body: string): KnownOperation => {
    const document = parse(body, { noLocation: true });
    if (validate(model.schema, document).length > 0) return { name, body, programs: {} };
    const facts = guard.factsOf(document);
    const programs = viewersOf(facts.requirements.length).map((met) => [
      met,
      programOf(document, undefined, model, planner, guard.withholding(facts, met)),
    ]);
    return { name, body, facts, programs: Object.fromEntries(programs) };
  };
  const graph: KnownGraph = {
    supergraph: createHash('sha256').update(supergraphSdl).digest('hex').slice(0, 12),
    subgraphs: Object.fromEntries(model.subgraphs.map(({ name, url }) => [name, url])),
  };
  const folder = join(asset, OPERATIONS);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { id, name, body } of registeredOperations(root)) {
    const json = JSON.stringify(known(name, body));
    for (const each of new Set([id, idOf(body)])) writeFileSync(join(folder, `${each}.json`), json);
  }
  writeFileSync(join(asset, GRAPH), JSON.stringify(graph));
}

/** Who meets all of the requirements, and who meets none. */
function viewersOf(requirements: number): string[] {
  return [...new Set(['1', '0'].map((digit) => digit.repeat(requirements)))];
}
