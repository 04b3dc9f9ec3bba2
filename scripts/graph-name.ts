import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build/discover.ts';

/** The graph's name: the first part of each stack's, function's and table's. */
export function graphName(): string {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: { graph: string } };
  return context.graph;
}
