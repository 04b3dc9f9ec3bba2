import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { graphPath, importable, ROOT } from '../build/discover.ts';
import type { Connection } from './connection.ts';

/** Exports of `seed/seed.ts` in a graph folder. */
export interface Seed {
  /** Writes sample data to a running system. Idempotent. */
  seed: (connection: Connection) => Promise<void>;
}

/** Exports of `seed/importer.ts` in a graph folder, for `npm run import`. */
export interface Importer {
  /** Plural noun for rows, such as `products`. */
  ROWS: string;
  /** Returns the approximate number of rows in a file. */
  countRows: (file: string) => Promise<number>;
  /** Imports a file into a running system; keeps existing entries. */
  importFile: (connection: Connection, file: string, options: ImportOptions) => Promise<ImportReport>;
}

export interface ImportOptions {
  /** Called after each batch with the report so far. */
  onProgress?: (report: ImportReport) => void;
}

export interface ImportReport {
  imported: number;
  /** Rows whose entry already existed. */
  existing: number;
  /** Invalid rows. */
  bad: BadRow[];
  /** Position of a syntax error that stopped the import. */
  unreadable?: BadRow;
}

export interface BadRow {
  /** From 1. */
  line: number;
  /** One line of text. */
  reason: string;
}

/** Exports of `operations/examples.ts` in a graph folder, for `npm run cost`. */
export interface OperationExamples {
  /** Calls of registered operations, in an order that works. */
  EXAMPLES: OperationExample[];
}

/** How to call a registered operation. */
export interface OperationExample {
  /** Its name. */
  operation: string;
  /** Text of an operation that is not registered, and that others need to run before. */
  text?: string;
  /** E-mail address of the user; default: none. */
  as?: string | undefined;
  /** Returns the variables of one run; default: none. */
  variables?: (context: ExampleContext) => Record<string, unknown>;
}

export interface ExampleContext {
  /** Number of the run, from 0. */
  run: number;
  /** Data of earlier runs by operation. */
  // biome-ignore lint/suspicious/noExplicitAny: each example knows the shape of its operations
  answers: Readonly<Record<string, any[]>>;
}

/** Loads the examples of a graph's operations; undefined if it has none. */
export function operationExamplesOf(root = ROOT): Promise<OperationExamples> | undefined {
  return moduleIn('operations/examples.ts', root);
}

/** Loads a graph's seed module; undefined if it has none. */
export function seedOf(root = ROOT): Promise<Seed> | undefined {
  return moduleIn('seed/seed.ts', root);
}

/** Loads a graph's importer; undefined if it has none. */
export function importerOf(root = ROOT): Promise<Importer> | undefined {
  return moduleIn('seed/importer.ts', root);
}

function moduleIn<Module>(name: string, root: string): Promise<Module> | undefined {
  const file = join(root, graphPath(name, root));
  return existsSync(file) ? import(importable(file)) : undefined;
}
