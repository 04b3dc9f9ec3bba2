import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../build/discover.ts';
import { checkSchema } from '../schema-check/check-schema.ts';
import { findingLines } from '../schema-check/report/finding-lines.ts';
import { changedSince, generate, generatedFiles, restore, run } from './generate.ts';
import type { Graph } from './graph.ts';
import type { Plan } from './plan.ts';
import { subgraphFiles } from './subgraph-files.ts';

/** Written files; `folder` and `generated` are relative to the project root, `files` to the folder. */
export interface Written {
  folder: string;
  files: string[];
  /** Regenerated files that changed. */
  generated: string[];
}

/** Writes and formats a subgraph's folder, and regenerates the supergraph and types. Rolls back on any error. */
export async function writeSubgraph(plan: Plan, { schemas }: Graph): Promise<Written> {
  const files = subgraphFiles(plan);
  await checkNewSchema(plan.name, files.get('schema.graphql') ?? '', schemas);
  const folder = join(ROOT, 'subgraphs', plan.name);
  const before = generatedFiles();
  try {
    for (const [path, text] of files) write(join(folder, path), text);
    // Only formatting and import order: linting would read the whole project.
    await run('biome', 'check', '--write', '--linter-enabled=false', folder);
    await generate();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    restore(before);
    throw error;
  }
  return { folder: `subgraphs/${plan.name}`, files: [...files.keys()], generated: changedSince(before) };
}

/** Runs the checks of `schema:check` before anything is written. */
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
