import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assetFile } from '../asset-file.ts';
import { CompiledProgram } from '../engine/run/compiled-program.ts';
import type { KnownGraph, KnownOperation } from './known-operation.ts';
import type { AskedOperation, PreparedOperation, PreparedOperations } from './prepared-operation.ts';

/** The folder of known operations in the gateway's asset: a file for each id. */
export const OPERATIONS = 'operations';
/** The file beside it that says what they were made from. */
export const GRAPH = 'graph.json';

const ID = /^[\w-]{1,128}$/;

interface Read {
  operation: KnownOperation;
  prepared: PreparedOperation;
}

/** The known operations of an asset: each is read when it is first asked for. */
export class OperationStore implements PreparedOperations {
  readonly graph: KnownGraph;
  readonly #folder: string;
  readonly #read = new Map<string, Read>();

  /** Throws if the build has not made the asset. */
  constructor(asset: string) {
    this.#folder = join(asset, OPERATIONS);
    this.graph = JSON.parse(readFileSync(join(asset, GRAPH), 'utf8'));
  }

  find({ id, operationName }: AskedOperation): PreparedOperation | undefined {
    const read = this.#readById(id);
    return operationName === undefined || read?.operation.name === operationName ? read?.prepared : undefined;
  }

  /** The text that is registered under an id. */
  textOf(id: string): string | undefined {
    return this.#readById(id)?.operation.body;
  }

  #readById(id: string): Read | undefined {
    const known = this.#read.get(id);
    if (known || !ID.test(id)) return known;
    const json = assetFile(join(this.#folder, `${id}.json`));
    if (json === undefined) return undefined;
    const operation: KnownOperation = JSON.parse(json);
    const read = { operation, prepared: preparedFrom(id, operation) };
    this.#read.set(id, read);
    return read;
  }
}

/** The id of an operation's text. */
export function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function preparedFrom(id: string, { name, facts, programs }: KnownOperation): PreparedOperation {
  const compiled = new Map<string, CompiledProgram>();
  return {
    name,
    facts,
    usage: { id },
    programFor: (met) => {
      const known = compiled.get(met);
      const program = programs[met];
      if (known || !program) return known;
      const made = new CompiledProgram(program);
      compiled.set(met, made);
      return made;
    },
  };
}
