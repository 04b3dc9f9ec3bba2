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
