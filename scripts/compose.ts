import { relative } from 'node:path';
import { composeSupergraph, supergraphFile, writeSupergraph } from '../build/compose.ts';
import { graphRoots, ROOT } from '../build/discover.ts';
import { fail } from './arguments.ts';

try {
  for (const root of graphRoots()) {
    const changed = writeSupergraph(composeSupergraph(root), root);
    process.stdout.write(`${relative(ROOT, supergraphFile(root))} ${changed ? 'written' : 'is current'}\n`);
  }
} catch (error) {
  fail(error);
}
