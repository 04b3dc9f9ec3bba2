import { parseArgs } from 'node:util';
import { graphName } from '../build/discover.ts';
import { registeredOperations } from '../build/operations/registered.ts';
import { planRemoval, type Removal, removeSubgraph } from '../scaffold/removal.ts';
import { findingLines } from '../schema-check/report/finding-lines.ts';
import { fail } from './command-line/arguments.ts';
import { confirmed } from './command-line/confirm.ts';

const HELP = `Usage: npm run remove -- NAME [--yes]

Shows what of the graph would go with a subgraph and who depends on it, then takes it away: after a yes, or with --yes.
Without a terminal and without --yes it only shows.
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
    process.stdout.write(`\nNothing was removed. With --yes it is.\n`);
    return;
  }
  const { generated, problem } = await removeSubgraph(removal.name);
  const lines = [`subgraphs/${removal.name}  removed`, ...generated.map((file) => `${file}  made anew`)];
  process.stdout.write(`\n${lines.join('\n')}\n${whatRemains(removal.name)}`);
  if (problem) throw new Error(`\nChange the client too: its operations ask for what is gone.\n${problem}`);
}

function describe({ name, goes, references, consumers, importers, operations }: Removal): string {
  const sections: [string, string[]][] = [
    ['Clients lose', goes],
    ['Others refer to its entities', references],
    ['Others consume its events', consumers],
    ['Registered operations break', operations.map(({ client, operation }) => `${client}: ${operation}`)],
    ['Other files import from it: change them too', importers],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  const texts = shown.map(([title, lines]) => [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n'));
  return `Without ${name}\n\n${texts.join('\n\n') || 'nothing else changes.'}\n`;
}

function reasonToRefuse({ name, errors, consumers }: Removal): string | undefined {
  if (errors.length > 0) {
    const lines = errors.flatMap((error) => findingLines(error, (_, text) => text));
    return `The graph does not compose without ${name}: change the others first.\n${lines.join('\n')}`;
  }
  if (consumers.length === 0) return undefined;
  return `${name} cannot go while others consume its events: take their subscriptions away first.`;
}

function whatRemains(name: string): string {
  const stack = `${graphName()}-STAGE-${name}`;
  return `
What is deployed stays until you take it away, for each STAGE, in this order:
  1. npm run deploy -- gateway --stage STAGE                          nobody asks for it any more
  2. aws cloudformation delete-stack --stack-name ${stack}    its functions; in prod, lift the termination protection first
  3. aws dynamodb delete-table --table-name ${stack}          its table, which the stack leaves: the data is lost for good
Its queues of dead letters stay too: look at what is in them, then delete those named ${stack}….
`;
}
