import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, printSchema, validate } from 'graphql';
import { usesDefer } from '../gateway/engine/plan/deferred-fragments.ts';
import { makeProgram } from '../gateway/engine/plan/make-program.ts';
import { Planner } from '../gateway/engine/plan/planner.ts';
import { readSupergraph } from '../gateway/engine/plan/supergraph.ts';
import { limitsFrom } from '../gateway/limits/limits.ts';
import { programKey } from '../gateway/operations/operation.ts';
import { idOf } from '../gateway/operations/operation-id.ts';
import { FactReader } from '../gateway/operations/read-facts.ts';
import type { CompiledGraph, RegisteredOperation } from '../gateway/operations/registered-operation.ts';
import { API_SCHEMA, GRAPH, OPERATIONS, SUPERGRAPH } from '../gateway/operations/registered-operations.ts';
import { assetOf } from './bundle.ts';
import { ROOT } from './discover.ts';
import { registeredOperations } from './operations/registered.ts';

/**
 * Validates and plans the registered operations, and writes a file for each id into the gateway's asset. Invalid operations are
 * written without a plan: the gateway returns their validation errors.
 */
export function precompileOperations(supergraphSdl: string, root = ROOT): void {
  const asset = assetOf({ name: 'gateway', root });
  const model = readSupergraph(supergraphSdl);
  const planner = new Planner(model);
  const facts = new FactReader(model.document, model.schema, limitsFrom(undefined));
  const known = (name: string, body: string): RegisteredOperation => {
    const document = parse(body, { noLocation: true });
    if (validate(model.schema, document).length > 0) return { name, body, programs: {} };
    const operationFacts = facts.of(document);
    const deliveries = usesDefer(document) ? [false, true] : [false];
    const programs = permissionMasks(operationFacts.requirements.length).flatMap((mask) => {
      const withhold = facts.withholdUnmet(operationFacts, mask);
      return deliveries.map((incremental) => [
        programKey(mask, incremental),
        makeProgram(document, undefined, model, planner, { withhold, incremental }),
      ]);
    });
    return { name, body, facts: operationFacts, programs: Object.fromEntries(programs) };
  };
  const graph: CompiledGraph = {
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
  writeFileSync(join(asset, SUPERGRAPH), supergraphSdl);
  writeFileSync(join(asset, API_SCHEMA), printSchema(model.schema));
}

/** Returns masks, a digit per requirement, of viewers who meet all requirements (`1…`) and none (`0…`). */
function permissionMasks(requirements: number): string[] {
  return [...new Set(['1', '0'].map((digit) => digit.repeat(requirements)))];
}
