import { parseArgs } from 'node:util';
import { graphName } from '../build/discover.ts';
import { registeredOperations } from '../build/operations/registered.ts';
import { planRemoval, type Removal, removeSubgraph } from '../scaffold/removal.ts';
import { findingLines } from '../schema-check/report/finding-lines.ts';
import { fail } from './command-line/arguments.ts';
import { confirmed } from './command-line/confirm.ts';

const HELP = `Usage: npm run remove -- NAME [--yes]

Removes a subgraph. Shows what clients lose and which services depend on it, and asks for confirmation first.
Without a terminal and without --yes, only shows it.

  --yes    skip the confirmation
  --help   show this
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { yes: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  const [name, ...others] = positionals;
  if (values.help) process.stdout.write(HELP);
  else if (!name || others.length > 0) throw new Error(`Name one subgraph.\n\n${HELP}`);
  else await remove(await planRemoval(name, registeredOperations()), values.yes);
} catch (error) {
  fail(error);
}

async function remove(removal: Removal, isSure: boolean): Promise<void> {
  process.stdout.write(describe(removal));
  const reason = reasonToRefuse(removal);
  if (reason) throw new Error(`\n${reason}`);
  if (!(isSure || (await confirmed(`Remove subgraphs/${removal.name}?`)))) {
    process.stdout.write(`\nNothing was removed. Pass --yes to remove it.\n`);
    return;
  }
  const { generated, problem } = await removeSubgraph(removal.name);
  const lines = [`subgraphs/${removal.name}  removed`, ...generated.map((file) => `${file}  regenerated`)];
  process.stdout.write(`\n${lines.join('\n')}\n${cleanUpSteps(removal.name)}`);
  if (problem) throw new Error(`\nUpdate the client: its operations select removed fields.\n${problem}`);
}

function describe({ name, lost, references, consumers, importers, operations }: Removal): string {
  const sections: [string, string[]][] = [
    ['Clients lose', lost],
    ['References to its entities', references],
    ['Consumers of its events', consumers],
    ['Broken registered operations', operations.map(({ client, operation }) => `${client}: ${operation}`)],
    ['Files that import from it (change them too)', importers],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  const texts = shown.map(([title, lines]) => [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n'));
  return `Without ${name}\n\n${texts.join('\n\n') || 'nothing else changes.'}\n`;
}

function reasonToRefuse({ name, errors, consumers }: Removal): string | undefined {
  if (errors.length > 0) {
    const lines = errors.flatMap((error) => findingLines(error, (_, text) => text));
    return `The graph does not compose without ${name}. Change the other subgraphs first:\n${lines.join('\n')}`;
  }
  if (consumers.length === 0) return undefined;
  return `${name} cannot be removed while other services consume its events: remove their subscriptions first.`;
}

function cleanUpSteps(name: string): string {
  const stack = `${graphName()}-STAGE-${name}`;
  return `
Deployed resources remain. For each STAGE, delete them in this order:
  1. npm run deploy -- gateway --stage STAGE                          stops requests to the subgraph
  2. aws cloudformation delete-stack --stack-name ${stack}    functions; in prod, disable termination protection first
  3. aws dynamodb delete-table --table-name ${stack}          table, which the stack retains; its data is lost
The stack also retains its dead-letter queues, named ${stack}…: check their messages, then delete them.
`;
}
