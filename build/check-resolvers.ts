import { resolve } from 'node:path';
import { unmatchedResolverMessages } from './resolver-check.ts';

/**
 * Fails if a resolver matches no field: `node build/check-resolvers.ts ROOT`. Runs in its own process, because Node caches
 * modules and the code may have changed.
 */
const [root = ''] = process.argv.slice(2);
const lines = await unmatchedResolverMessages(resolve(root));
for (const line of lines) process.stderr.write(`${line}\n`);
if (lines.length > 0) process.exitCode = 1;
