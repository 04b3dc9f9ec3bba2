import { parseArgs } from 'node:util';
import { buildAll } from '../build/build.ts';
import { discoverSubgraphs, FIRST_SERVICE, graphRoots, ROOT } from '../build/discover.ts';
import { fail } from './arguments.ts';

const HELP = `Usage: npm run build -- [--all]

Builds all that the local run and a deployment need.

  --all    the graph too that the tests of the system run on
  --help   show this
`;

try {
  const { values } = parseArgs({
    options: { all: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) process.stdout.write(HELP);
  else await build(values.all ? graphRoots() : [ROOT]);
} catch (error) {
  fail(error);
}

async function build(roots: string[]): Promise<void> {
  if (discoverSubgraphs().length === 0) process.stdout.write(`${FIRST_SERVICE}\n`);
  const whole = roots.filter((root) => discoverSubgraphs(root).length > 0);
  await Promise.all(whole.map((root) => buildAll({ root })));
}
