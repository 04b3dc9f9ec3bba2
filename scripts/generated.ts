import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { apiSchema } from '../build/api-schema.ts';
import { discoverClients } from '../build/clients.ts';
import { composeSupergraph, supergraphFile } from '../build/compose.ts';
import { graphRoots, ROOT } from '../build/discover.ts';
import { isRegistered, manifestPath, readManifest } from '../build/operations/register.ts';
import { fail } from './command-line/arguments.ts';

/** Checks that committed generated files are current: the supergraph, types and operation manifests. */
try {
  for (const root of graphRoots()) checkSupergraph(root);
  if (graphRoots().length > 0) checkTypes();
  await checkOperations();
} catch (error) {
  fail(error);
}

function checkSupergraph(root: string): void {
  const file = supergraphFile(root);
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (committed !== composeSupergraph(root))
    throw new Error(`${relative(ROOT, file)} is stale: run "npm run compose" and commit it.`);
}

function checkTypes(): void {
  try {
    execFileSync('graphql-codegen', ['--config', 'codegen.ts', '--check'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // On Windows, npm installs tools as shell scripts.
      shell: process.platform === 'win32',
    });
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    throw new Error(`Types in __generated__ are stale: run "npm run codegen" and commit them.\n${stderr ?? ''}`);
  }
}

async function checkOperations(): Promise<void> {
  for (const client of discoverClients()) {
    if (isRegistered(client.name, await readManifest(client, apiSchema()))) continue;
    const command = `npm run operations -- --client ${client.name} --documents '${client.documents.join("' '")}'`;
    throw new Error(`${manifestPath(client.name)} is stale: run "${command}" and commit it.`);
  }
}
