import { join, resolve } from 'node:path';
import type { Construct } from 'constructs';
import { outputOf, ROOT } from '../../build/discover.ts';

/** Root of the graph that the app is for: the context `root`, the project's where it is left out. */
export function graphRoot(scope: Construct): string {
  const root: unknown = scope.node.tryGetContext('root');
  return typeof root === 'string' ? resolve(root) : ROOT;
}

/** The folder of a bundle in the build of the app's graph. */
export function bundleFolder(scope: Construct, bundle: string): string {
  return join(outputOf(graphRoot(scope)), bundle);
}
