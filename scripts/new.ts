import { parseArgs } from 'node:util';
import { readGraph } from '../scaffold/graph.ts';
import { type NewSubgraph, type Plan, planSubgraph } from '../scaffold/plan.ts';
import { type Written, writeSubgraph } from '../scaffold/write-subgraph.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run new -- NAME [options]

Creates a working subgraph in subgraphs/NAME (schema, resolvers, store, configuration, tests, README) and composes it into
the graph. NAME is in lower case, such as "wishlists" or "gift-cards".

  --entity TYPE      entity to own, such as GiftCard (default: derived from NAME)
  --extends TYPE     another service's entity to add a field to
  --consumes EVENT   another service's event to count; repeatable
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
  else await create({ ...values, name });
} catch (error) {
  fail(error);
}

async function create(request: NewSubgraph): Promise<void> {
  const graph = await readGraph();
  const plan = planSubgraph(request, graph);
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
    `${folder}  ${parts.join(', ')}; ${files.length} files and generated types`,
    ...generated.map((file) => `${file}  regenerated`),
    '',
    'Next:',
    `  npm test -- subgraphs/${name}    run its tests`,
    `  ${folder}/schema.graphql    adapt the schema, then run "npm run codegen"`,
    `  npm start    try it: { ${entity.one}(id: "1") { name } } (a running system reloads by itself)`,
    `  npm run remove -- ${name}    remove it again`,
  ].join('\n')}\n`;
}
