import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { composeSupergraph, supergraphFile, writeSupergraph } from '../build/compose.ts';
import { ROOT } from '../build/discover.ts';
import { checkSchema } from '../schema-check/check-schema.ts';
import { findingLines } from '../schema-check/report/finding-lines.ts';
import type { Graph } from './graph.ts';
import type { Plan } from './plan.ts';
import { subgraphFiles } from './subgraph-files.ts';

/** What was written: paths from the top of the project. */
export interface Written {
  folder: string;
  files: string[];
}

/**
 * Writes a subgraph's folder, formats it, generates its types and composes the supergraph. Whatever fails, nothing is left
 * behind.
 */
export async function writeSubgraph(plan: Plan, { schemas }: Graph): Promise<Written> {
  const files = subgraphFiles(plan);
  await checkNewSchema(plan.name, files.get('schema.graphql') ?? '', schemas);
  const folder = join(ROOT, 'subgraphs', plan.name);
  const supergraph = supergraphFile();
  const before = existsSync(supergraph) ? readFileSync(supergraph, 'utf8') : undefined;
  try {
    for (const [path, text] of files) write(join(folder, path), text);
    // Formatting and the order of imports only: to lint, all of the project would be read.
    await run('biome', 'check', '--write', '--linter-enabled=false', folder);
    await run('graphql-codegen', '--config', 'codegen.ts');
    writeSupergraph(composeSupergraph());
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (before === undefined) rmSync(supergraph, { force: true });
    else writeSupergraph(before);
    throw error;
  }
  return { folder: `subgraphs/${plan.name}`, files: [...files.keys()] };
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

/** Runs a tool of the project; throws what it says when it fails. */
async function run(tool: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(join(ROOT, 'node_modules', '.bin', tool), args, { cwd: ROOT }).catch(
    ({ stdout, stderr }: { stdout?: string; stderr?: string }) => {
      throw new Error(`${tool} fails on the new subgraph:\n${stdout}${stderr}`);
    },
  );
}
