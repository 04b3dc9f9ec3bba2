import { parseArgs } from 'node:util';
import { readGraph } from '../scaffold/graph.ts';
import { type NewSubgraph, type Plan, planSubgraph } from '../scaffold/plan.ts';
import { type Written, writeSubgraph } from '../scaffold/write-subgraph.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run new -- NAME [options]

Writes a new subgraph, whole: schema, resolvers, store, configuration, tests and README in subgraphs/NAME, and composes it
into the graph. NAME is in small letters, such as "wishlists" or "gift-cards".

  --entity TYPE      the entity that it owns, such as GiftCard (default: from the name)
  --extends TYPE     an entity of another service that it adds a field to
  --consumes EVENT   an event of another service that it counts; may be given several times
  --help             show this
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      entity: { type: 'string' },
      extends: { type: 'string' },
      consumes: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  const [name, ...others] = positionals;
  if (values.help) process.stdout.write(HELP);
  else if (!name || others.length > 0) throw new Error(`Name one subgraph.\n\n${HELP}`);
  else await make({ ...values, name });
} catch (error) {
  fail(error);
}

async function make(wanted: NewSubgraph): Promise<void> {
  const graph = await readGraph();
  const plan = planSubgraph(wanted, graph);
  process.stdout.write(`Writing subgraphs/${plan.name} …\n`);
  process.stdout.write(summary(plan, await writeSubgraph(plan, graph)));
}

function summary({ name, entity, extended, events }: Plan, { folder, files, generated }: Written): string {
  const parts = [
    `owns ${entity.type}`,
    ...(extended ? [`adds ${entity.many} to ${extended.type}`] : []),
    ...(events.length > 0 ? [`counts ${events.map(({ type }) => type).join(', ')}`] : []),
  ];
  return `${[
    `${folder}  ${parts.join(', ')}; ${files.length} files, and the types of its resolvers`,
    ...generated.map((file) => `${file}  made anew`),
    '',
    'Next:',
    `  npm test -- subgraphs/${name}    its tests pass already`,
    `  ${folder}/schema.graphql    say what it is about, then "npm run codegen"`,
    `  npm start    a running system has it within seconds: { ${entity.one}(id: "1") { name } }`,
    `  npm run remove -- ${name}    takes it away again`,
  ].join('\n')}\n`;
}
