import { buildAll } from '../build/build.ts';
import { discoverSubgraphs, FIRST_SERVICE } from '../build/discover.ts';
import { fail } from './arguments.ts';

if (discoverSubgraphs().length === 0) process.stdout.write(`${FIRST_SERVICE}\n`);
else await buildAll().catch(fail);
