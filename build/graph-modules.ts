import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { graphPath, ROOT } from './discover.ts';

/** Modules for a graph whose folder does not have them. */
const DEFAULTS = join(ROOT, 'gateway', 'defaults');

/** Resolves `graph:NAME` to the file of that name in the graph folder: `graph:supergraph.graphql`, `graph:policies.ts`. */
export function graphModules(root: string): Plugin {
  return {
    name: 'graph-modules',
    setup: ({ onResolve }) => {
      onResolve({ filter: /^graph:/ }, ({ path }) => {
        const name = path.slice('graph:'.length);
        const file = join(root, graphPath(name, root));
        return { path: [file, join(DEFAULTS, name)].find((each) => existsSync(each)) ?? file };
      });
    },
  };
}
