import { parseArgs } from 'node:util';
import { buildAll } from '../build/build.ts';
import { discoverSubgraphs, graphRoots, NO_SERVICE_YET, ROOT } from '../build/discover.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run build -- [--all]

Builds everything that the local run and a deployment need.

  --all    also build the test graph
  --help   show this
`;

try {
  const { values } = parseArgs({
    options: { all: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) process.stdout.write(HELP);
  else await build(values.all);
} catch (error) {
  fail(error);
}

async function build(all: boolean): Promise<void> {
  const roots = all ? graphRoots() : [ROOT];
  if (!all && discoverSubgraphs().length === 0) throw new Error(NO_SERVICE_YET);
  await Promise.all(roots.map((root) => buildAll({ root })));
}
