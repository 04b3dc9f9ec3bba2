import { join, resolve } from 'node:path';
import type { Construct } from 'constructs';
import { outputOf, ROOT } from '../../build/discover.ts';

/** Returns the root of the app's graph: the CDK context `root`, by default the project. */
export function graphRoot(scope: Construct): string {
  const root: unknown = scope.node.tryGetContext('root');
  return typeof root === 'string' ? resolve(root) : ROOT;
}

/** Returns the folder of a bundle in the graph's build. */
export function bundleFolder(scope: Construct, bundle: string): string {
  return join(outputOf(graphRoot(scope)), bundle);
}
