import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { discoverClients } from '../build/clients.ts';
import { composeSupergraph, supergraphFile, writeSupergraph } from '../build/compose.ts';
import { discoverSubgraphs, ROOT } from '../build/discover.ts';

/** Text of each committed file generated from the whole graph, by path relative to the project root; undefined if the file is missing. */
export type Generated = Map<string, string | undefined>;

/** Composes the supergraph and generates the types of resolvers and clients. Throws on composition or generator errors. */
export async function generate(): Promise<void> {
  if (discoverSubgraphs().length > 0) writeSupergraph(composeSupergraph());
  await run('graphql-codegen', '--config', 'codegen.ts');
}

/** Reads the current supergraph and client types. */
export function generatedFiles(): Generated {
  const clientTypes = discoverClients().flatMap(({ directory }) => filesIn(join(ROOT, directory, '__generated__')));
  return new Map([supergraphFile(), ...clientTypes].map((file) => [relative(ROOT, file), readIfExists(file)]));
}

/** Returns the paths of generated files that differ from an earlier state. */
export function changedSince(before: Generated): string[] {
  const after = generatedFiles();
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((file) => before.get(file) !== after.get(file));
}

/** Restores the generated files to an earlier state. */
export function restore(before: Generated): void {
  for (const file of changedSince(before)) {
    const text = before.get(file);
    if (text === undefined) rmSync(join(ROOT, file), { force: true });
    else writeFileSync(join(ROOT, file), text);
  }
}

/** Runs a tool from `node_modules/.bin`; throws its output if it fails. */
export async function run(tool: string, ...args: string[]): Promise<void> {
  const program = join(ROOT, 'node_modules', '.bin', tool);
  await promisify(execFile)(program, args, { cwd: ROOT, shell: process.platform === 'win32' }).catch(
    ({ stdout = '', stderr = '', message }: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`${tool} failed:\n${stdout}${stderr}` || message);
    },
  );
}

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
}

function readIfExists(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
