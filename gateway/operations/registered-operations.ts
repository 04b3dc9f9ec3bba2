import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledProgram } from '../engine/run/compiled-program.ts';
import type { KnownGraph, KnownOperation } from './known-operation.ts';
import type { Operation, OperationKey } from './operation.ts';
import { assetFile } from './read-asset.ts';
import { maskedErrors, type RunProgram } from './run-program.ts';

/** The folder of registered operations in the gateway's asset: a file for each id. */
export const OPERATIONS = 'operations';
/** The file beside it that says what they were made from. */
export const GRAPH = 'graph.json';
/** SDL of the API that clients see. */
export const API_SCHEMA = 'api.graphql';

const ID = /^[\w-]{1,128}$/;

/** The registered operations of an asset, planned by the build: each file is read when it is first asked for. */
export class RegisteredOperations {
  readonly graph: KnownGraph;
  readonly #folder: string;
  readonly #read = new Map<string, KnownOperation>();

  /** Throws if the build has not made the asset. */
  constructor(asset: string) {
    this.#folder = join(asset, OPERATIONS);
    this.graph = JSON.parse(readFileSync(join(asset, GRAPH), 'utf8'));
  }

  /** Returns the operation that is registered under an id. */
  get(id: string): KnownOperation | undefined {
    const known = this.#read.get(id);
    if (known || !ID.test(id)) return known;
    const json = assetFile(join(this.#folder, `${id}.json`));
    if (json === undefined) return undefined;
    const operation: KnownOperation = JSON.parse(json);
    this.#read.set(id, operation);
    return operation;
  }
}

/** Finds registered operations that run as the build has planned them. */
export class PlannedAhead {
  readonly #registered: RegisteredOperations;
  readonly #run: RunProgram;
  readonly #plan: (text: string) => Promise<Operation>;
  readonly #operations = new Map<string, Operation | undefined>();

  /** `plan` plans an operation for viewers that the build has made no program for. */
  constructor(registered: RegisteredOperations, run: RunProgram, plan: (text: string) => Promise<Operation>) {
    this.#registered = registered;
    this.#run = run;
    this.#plan = plan;
  }

  find({ id, operationName }: OperationKey): Operation | undefined {
    const known = this.#registered.get(id);
    if (!known || (operationName !== undefined && operationName !== known.name)) return undefined;
    if (!this.#operations.has(id)) this.#operations.set(id, this.#operation(id, known));
    return this.#operations.get(id);
  }

  /** Undefined for an operation that does not fit the schema. */
  #operation(id: string, known: KnownOperation): Operation | undefined {
    return operationFrom(id, known, this.#run, () => this.#plan(known.body));
  }
}

function operationFrom(
  id: string,
  { name, facts, programs }: KnownOperation,
  run: RunProgram,
  otherwise: () => Promise<Operation>,
): Operation | undefined {
  const [first] = Object.values(programs);
  if (!first || !facts || Object.values(programs).some(({ introspection }) => introspection)) return undefined;
  const compiled = new Map<string, CompiledProgram>();
  return {
    kind: first.kind,
    name,
    facts,
    usage: () => ({ id }),
    async run(request, permissions) {
      const program = programs[permissions];
      if (!program) return (await otherwise()).run(request, permissions);
      const made = compiled.get(permissions) ?? new CompiledProgram(program);
      compiled.set(permissions, made);
      const { data, errors } = await run(made, request);
      return { data, errors: maskedErrors(errors) };
    },
  };
}
