import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledProgram } from '../engine/run/compiled-program.ts';
import { type Operation, type OperationKey, programKey } from './operation.ts';
import { assetFile } from './read-asset.ts';
import type { CompiledGraph, RegisteredOperation } from './registered-operation.ts';
import { maskedErrors, type RunProgram } from './run-program.ts';

/** Folder of registered operations in the gateway's asset, with a file per id. */
export const OPERATIONS = 'operations';
/** File with the `CompiledGraph` that they were compiled for. */
export const GRAPH = 'graph.json';
/** SDL file of the supergraph. */
export const SUPERGRAPH = 'supergraph.graphql';
/** SDL file of the API schema. */
export const API_SCHEMA = 'api.graphql';

const ID = /^[\w-]{1,128}$/;

/** Registered operations of an asset, whose files are read on first use. */
export class RegisteredOperations {
  readonly graph: CompiledGraph;
  readonly #folder: string;
  readonly #read = new Map<string, RegisteredOperation>();

  /** Throws if the asset has not been built. */
  constructor(asset: string) {
    this.#folder = join(asset, OPERATIONS);
    this.graph = JSON.parse(readFileSync(join(asset, GRAPH), 'utf8'));
  }

  /** Returns the registered operation with an id. */
  get(id: string): RegisteredOperation | undefined {
    const known = this.#read.get(id);
    if (known || !ID.test(id)) return known;
    const json = assetFile(join(this.#folder, `${id}.json`));
    if (json === undefined) return undefined;
    const operation: RegisteredOperation = JSON.parse(json);
    this.#read.set(id, operation);
    return operation;
  }
}

/** Registered operations that run with the programs compiled by the build. */
export class PrecompiledOperations {
  readonly #registered: RegisteredOperations;
  readonly #run: RunProgram;
  readonly #plan: (text: string) => Promise<Operation>;
  readonly #operations = new Map<string, Operation | undefined>();

  /** `plan` plans an operation for permissions that the build has not compiled. */
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

  /** Returns undefined for an operation that is not valid for the schema. */
  #operation(id: string, known: RegisteredOperation): Operation | undefined {
    return operationFrom(id, known, this.#run, () => this.#plan(known.body));
  }
}

function operationFrom(
  id: string,
  { name, facts, programs }: RegisteredOperation,
  run: RunProgram,
  planAgain: () => Promise<Operation>,
): Operation | undefined {
  const [first] = Object.values(programs);
  if (!first || !facts || Object.values(programs).some(({ introspection }) => introspection)) return undefined;
  const compiled = new Map<string, CompiledProgram>();
  const usesDefer = Object.values(programs).some(({ deferred }) => deferred);
  return {
    kind: first.kind,
    name,
    documentName: name,
    facts,
    usage: () => ({ id }),
    async run(request, permissions) {
      const key = programKey(permissions, usesDefer && request.incremental !== undefined);
      const program = programs[key];
      if (!program) return (await planAgain()).run(request, permissions);
      const compiledProgram = compiled.get(key) ?? new CompiledProgram(program);
      compiled.set(key, compiledProgram);
      request.explanation?.onProgram('precompiled');
      const { errors, ...result } = await run(compiledProgram, request);
      return { ...result, errors: maskedErrors(errors) };
    },
  };
}
