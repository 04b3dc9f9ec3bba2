import { resolve } from 'node:path';
import { findingLines } from '../schema-check/report/finding-lines.ts';
import { graphSubscriptions } from './declared-subscriptions.ts';

/**
 * Prints the sources of the fields of `Subscription` as JSON, or their problems: `node build/print-subscriptions.ts ROOT`. Runs
 * in its own process, because Node caches modules and the code may have changed.
 */
const [root = ''] = process.argv.slice(2);
const { fields, problems } = await graphSubscriptions(resolve(root));
if (problems.length === 0) process.stdout.write(JSON.stringify(fields));
for (const problem of problems) process.stderr.write(`${findingLines(problem, (_, text) => text).join('\n')}\n`);
if (problems.length > 0) process.exitCode = 1;
