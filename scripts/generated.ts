import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { composeSupergraph, SUPERGRAPH } from '../build/compose.ts';
import { fail } from './arguments.ts';

/** Checks that what is generated and committed is current: the supergraph, and the types of resolvers. */
try {
  if (readFileSync(SUPERGRAPH, 'utf8') !== composeSupergraph()) {
    throw new Error('gateway/supergraph.graphql is stale: run "npm run compose" and commit it.');
  }
  checkResolverTypes();
} catch (error) {
  fail(error);
}

function checkResolverTypes(): void {
  try {
    execFileSync('graphql-codegen', ['--config', 'codegen.ts', '--check'], { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    throw new Error(`Types in __generated__ are stale: run "npm run codegen" and commit them.\n${stderr ?? ''}`);
  }
}
