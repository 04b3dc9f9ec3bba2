import { relative } from 'node:path';
import { composeSupergraph, supergraphFile, writeSupergraph } from '../build/compose.ts';
import { discoverSubgraphs, graphRoots, NO_SERVICE_YET, ROOT } from '../build/discover.ts';
import { fail } from './command-line/arguments.ts';

try {
  if (discoverSubgraphs().length === 0) process.stdout.write(`${NO_SERVICE_YET}\n`);
  for (const root of graphRoots()) {
    const changed = writeSupergraph(composeSupergraph(root), root);
    process.stdout.write(`${relative(ROOT, supergraphFile(root))} ${changed ? 'written' : 'is current'}\n`);
  }
} catch (error) {
  fail(error);
}
