import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { apiSchema } from '../build/api-schema.ts';
import type { Client } from '../build/clients.ts';
import { SUPERGRAPH, supergraphFile } from '../build/compose.ts';
import { graphPath, ROOT } from '../build/discover.ts';
import { isRegistered, manifestPath, readManifest, register } from '../build/operations/register.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run operations -- --client NAME --documents 'PATTERN' [PATTERN …] [--check]

Registers a client's operations with the gateway: validates its documents against ${graphPath(SUPERGRAPH)} and writes
the persisted-query manifest ${manifestPath('NAME')}.

  --client NAME         the client, such as web
  --documents PATTERN   the client's files, such as 'src/**/*.graphql'; .ts, .tsx, .js and .jsx files are searched for
                        templates tagged gql or graphql. Quote the pattern.
  --root FOLDER         root of another graph, such as test/graph
  --check               write nothing; fail if the manifest is stale
  --help                show this
`;
const NAME = /^[a-z0-9][a-z0-9-]*$/;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      client: { type: 'string' },
      documents: { type: 'string', multiple: true, default: [] },
      root: { type: 'string', default: ROOT },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else
    await run(clientFrom(values.client, [...values.documents, ...positionals]), {
      ...values,
      root: resolve(values.root),
    });
} catch (error) {
  fail(error);
}

function clientFrom(name: string | undefined, documents: string[]): Client {
  if (!name || documents.length === 0) throw new Error(`Name the client and its documents.\n\n${HELP}`);
  if (!NAME.test(name))
    throw new Error(`"${name}" is not a valid client name: use lower-case letters, digits and hyphens.`);
  return { name, documents };
}

async function run(client: Client, { root, check }: { root: string; check: boolean }): Promise<void> {
  const file = manifestPath(client.name, root);
  const manifest = await readManifest(client, apiSchema(readFileSync(supergraphFile(root), 'utf8')));
  const current = isRegistered(client.name, manifest, root);
  if (check && !current) throw new Error(`${file} is stale: run this without --check and commit it.`);
  if (!current) register(client.name, manifest, root);
  const count = manifest.operations.length;
  process.stdout.write(`${file} ${current ? 'is current' : 'written'}: ${count} operation${count === 1 ? '' : 's'}\n`);
}
