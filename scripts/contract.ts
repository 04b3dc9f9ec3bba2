import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { printSchema } from 'graphql';
import { composeSupergraph } from '../build/compose.ts';
import { contractSupergraph, contracts, contractsPath } from '../build/contract.ts';
import { readSupergraph } from '../gateway/engine/plan/supergraph.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run contract -- NAME [--out FILE]

Prints the API schema of a contract: the part of the graph with its tags (${contractsPath()}). Without a name, lists the
contracts. The gateway serves it at /graphql/NAME.

  --out FILE   write the schema to a file
  --help       show this
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) process.stdout.write(HELP);
  else if (positionals.length > 0) show(positionals, values.out);
  else if (Object.keys(contracts()).length === 0)
    process.stdout.write(`This graph has no contracts: define them in ${contractsPath()}.\n`);
  else for (const [name, tags] of Object.entries(contracts())) process.stdout.write(`${name}: ${tags.join(', ')}\n`);
} catch (error) {
  fail(error);
}

function show([name = '', ...others]: string[], out: string | undefined): void {
  if (others.length > 0) throw new Error(`Name one contract.\n\n${HELP}`);
  const tags = contracts()[name];
  if (!tags)
    throw new Error(
      `There is no contract "${name}". The contracts are ${Object.keys(contracts()).join(', ') || 'none'}.`,
    );
  const { schema } = readSupergraph(contractSupergraph(composeSupergraph(), name, tags));
  const text = `${printSchema(schema)}\n`;
  if (out) writeFileSync(out, text);
  else process.stdout.write(text);
}
