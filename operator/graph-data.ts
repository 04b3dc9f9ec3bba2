import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { graphPath, importable, ROOT } from '../build/discover.ts';
import type { Connection } from './connection.ts';

/** What `seed/seed.ts` in a graph folder exports. */
export interface Seed {
  /** Fills a running system with data. Safe to repeat. */
  seed: (connection: Connection) => Promise<void>;
}

/** What `seed/importer.ts` in a graph folder exports, for `npm run import`. */
export interface Importer {
  /** What a row of a file stands for, in the plural. */
  ROWS: string;
  /** How many rows a file has, about. */
  countRows: (file: string) => Promise<number>;
  /** Loads a file into a running system; what is there stays. */
  importFile: (connection: Connection, file: string, options: ImportOptions) => Promise<ImportReport>;
}

export interface ImportOptions {
  /** Called after each batch with what became of the rows so far. */
  onProgress?: (report: ImportReport) => void;
}

export interface ImportReport {
  imported: number;
  /** Those that were there already. */
  existing: number;
  /** Rows that cannot be used. */
  bad: BadRow[];
  /** Where the file cannot be read any further, if it was not read to its end. */
  unreadable?: BadRow;
}

/** A line of a file, from 1, and what is wrong with it, in one line. */
export interface BadRow {
  line: number;
  reason: string;
}

/** The sample data of a graph; undefined if it has none. */
export function seedOf(root = ROOT): Promise<Seed> | undefined {
  return moduleIn('seed/seed.ts', root);
}

/** The importer of a graph; undefined if it has none. */
export function importerOf(root = ROOT): Promise<Importer> | undefined {
  return moduleIn('seed/importer.ts', root);
}

function moduleIn<Module>(name: string, root: string): Promise<Module> | undefined {
  const file = join(root, graphPath(name, root));
  return existsSync(file) ? import(importable(file)) : undefined;
}
