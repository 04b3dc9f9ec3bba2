import { resolve } from 'node:path';
import { uselessResolverLines } from './resolver-check.ts';

/**
 * Fails if a resolver of a graph fits no field: `node build/check-resolvers.ts ROOT`. A process of its own, as modules are loaded
 * once and the code may have changed.
 */
const [root = ''] = process.argv.slice(2);
const lines = await uselessResolverLines(resolve(root));
for (const line of lines) process.stderr.write(`${line}\n`);
if (lines.length > 0) process.exitCode = 1;
