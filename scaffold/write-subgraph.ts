import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../build/discover.ts';
import { checkSchema } from '../schema-check/check-schema.ts';
import { findingLines } from '../schema-check/report/finding-lines.ts';
import { changedSince, generate, generatedFiles, restore, run } from './generate.ts';
import type { Graph } from './graph.ts';
import type { Plan } from './plan.ts';
import { subgraphFiles } from './subgraph-files.ts';

/** What was written: paths from the top of the project. */
export interface Written {
  folder: string;
  files: string[];
  /** Files made of the whole graph that are other than before. */
  generated: string[];
}

/**
 * Writes a subgraph's folder, formats it, and makes anew what is made of the whole graph. Whatever fails, nothing is left behind.
 */
export async function writeSubgraph(plan: Plan, { schemas }: Graph): Promise<Written> {
  const files = subgraphFiles(plan);
  await checkNewSchema(plan.name, files.get('schema.graphql') ?? '', schemas);
  const folder = join(ROOT, 'subgraphs', plan.name);
  const before = generatedFiles();
  try {
    for (const [path, text] of files) write(join(folder, path), text);
    // Formatting and the order of imports only: to lint, all of the project would be read.
    await run('biome', 'check', '--write', '--linter-enabled=false', folder);
    await generate();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    restore(before);
    throw error;
  }
  return { folder: `subgraphs/${plan.name}`, files: [...files.keys()], generated: changedSince(before) };
}

/** Holds the schema against all that `schema:check` asks, before anything is written. */
async function checkNewSchema(name: string, sdl: string, schemas: Graph['schemas']): Promise<void> {
  const subgraphs = [...schemas, { name, sdl, file: `subgraphs/${name}/schema.graphql` }];
  const { composition, lints } = await checkSchema({ subgraphs, operations: [] });
  const faults = [
    ...composition,
    ...lints.filter(({ places }) => places.some(({ file }) => file.includes(`/${name}/`))),
  ];
  if (faults.length === 0) return;
  const lines = faults.flatMap((fault) => findingLines(fault, (_, text) => text));
  throw new Error(`The new schema does not fit the graph:\n${lines.join('\n')}`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
