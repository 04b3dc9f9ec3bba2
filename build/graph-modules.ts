import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { graphPath, ROOT } from './discover.ts';

/** What stands for a file that a graph does not have. */
const DEFAULTS: Record<string, string> = {
  'policies.ts': join(ROOT, 'gateway', 'authorization', 'no-policies.ts'),
};

/** Resolves `graph:NAME` to the file of that name in the graph folder: `graph:supergraph.graphql`, `graph:policies.ts`. */
export function graphModules(root: string): Plugin {
  return {
    name: 'graph-modules',
    setup: ({ onResolve }) => {
      onResolve({ filter: /^graph:/ }, ({ path }) => {
        const name = path.slice('graph:'.length);
        const file = join(root, graphPath(name, root));
        return { path: existsSync(file) ? file : (DEFAULTS[name] ?? file) };
      });
    },
  };
}
