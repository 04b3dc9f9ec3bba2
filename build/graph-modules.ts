import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { graphPath, ROOT } from './discover.ts';

/** Fallbacks for modules that the graph folder does not have. */
const DEFAULTS = join(ROOT, 'gateway', 'defaults');

/** esbuild plugin: resolves `graph:NAME`, such as `graph:policies.ts`, to the file in the graph folder or its default. */
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
