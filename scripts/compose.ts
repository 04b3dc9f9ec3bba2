import { composeSupergraph, writeSupergraph } from '../build/compose.ts';
import { fail } from './arguments.ts';

try {
  const changed = writeSupergraph(composeSupergraph());
  process.stdout.write(`gateway/supergraph.graphql ${changed ? 'written' : 'is current'}\n`);
} catch (error) {
  fail(error);
}
