import { existsSync, readFileSync } from 'node:fs';
import { parseArgs, styleText } from 'node:util';
import { SUPERGRAPH } from '../build/compose.ts';
import { graphSubscriptions } from '../build/declared-subscriptions.ts';
import { graphPath, NO_SERVICE_YET, readSchemas } from '../build/discover.ts';
import { commitOf, defaultBase, fileAt } from '../build/git.ts';
import { manifestPath } from '../build/operations/register.ts';
import { registeredOperations } from '../build/operations/registered.ts';
import { checkSchema, type SchemaCheck } from '../schema-check/check-schema.ts';
import { RULES } from '../schema-check/lint.ts';
import { githubAnnotations } from '../schema-check/report/github.ts';
import { textReport } from '../schema-check/report/text.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run schema:check -- [options]

Checks the schemas before deployment: composition, breaking API changes, registered operations and lint rules. Fails if the
schemas must not be deployed.

  --base REF       compare with a git ref (default origin/main, else main, else HEAD)
  --deployed FROM  compare with the deployed supergraph: a file or an https URL
  --json           print the report as JSON
  --github         also print annotations for a GitHub workflow
  --help           show this

The rules: ${RULES.map(({ name }) => name).join(', ')}.
To allow an exception, put a comment above the field:  # allow RULE: reason
`;

try {
  const { values } = parseArgs({
    options: {
      base: { type: 'string' },
      deployed: { type: 'string' },
      json: { type: 'boolean', default: false },
      github: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else if (readSchemas().length === 0) process.stdout.write(`${NO_SERVICE_YET}\n`);
  else await check(values);
} catch (error) {
  fail(error);
}

interface Options {
  base?: string | undefined;
  deployed?: string | undefined;
  json: boolean;
  github: boolean;
}

async function check({ base: ref, deployed, json, github }: Options): Promise<void> {
  if (ref && deployed) throw new Error('Pass either --base or --deployed, not both.');
  if (json && github) throw new Error('Pass either --json or --github, not both.');
  const base = deployed ? await deployedSupergraph(deployed) : committedSupergraph(ref);
  const report = await checkSchema({
    subgraphs: readSchemas(),
    operations: registeredOperations(),
    subscriptions: (await graphSubscriptions()).problems,
    ...(base && { base }),
  });
  if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else process.stdout.write(textReport(report, (colour, text) => styleText(colour, text, { stream: process.stdout })));
  if (github)
    process.stdout.write(
      githubAnnotations(report, manifestPath)
        .map((line) => `${line}\n`)
        .join(''),
    );
  process.exitCode = report.ok ? 0 : 1;
}

function committedSupergraph(named: string | undefined): SchemaCheck['base'] {
  const ref = named ?? defaultBase();
  if (!ref) return undefined;
  const commit = commitOf(ref);
  if (!commit)
    throw new Error(
      `There is no commit "${ref}" in this repository. To fetch the remote's commits, run "git fetch origin".`,
    );
  const path = graphPath(SUPERGRAPH);
  const supergraphSdl = fileAt(ref, path);
  // A new graph has no earlier supergraph.
  if (!supergraphSdl && !named) return undefined;
  if (!supergraphSdl) throw new Error(`${path} does not exist at ${ref} (${commit}): name a later commit.`);
  return { supergraphSdl, origin: `${ref} (${commit})` };
}

async function deployedSupergraph(from: string): Promise<SchemaCheck['base']> {
  if (!URL.canParse(from)) {
    if (!existsSync(from)) throw new Error(`There is no file ${from}: --deployed takes a file or a URL.`);
    return { supergraphSdl: readFileSync(from, 'utf8'), origin: from };
  }
  const response = await fetch(from).catch((error: Error) => {
    throw new Error(`${from} cannot be reached: ${error.cause instanceof Error ? error.cause.message : error.message}`);
  });
  if (!response.ok)
    throw new Error(`${from} responded ${response.status} ${response.statusText} instead of a supergraph.`);
  return { supergraphSdl: await response.text(), origin: from };
}
