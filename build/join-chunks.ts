import { basename } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** A file of an asset. */
export interface BuiltFile {
  file: string;
  contents: string | Uint8Array;
}

const MAIN = 'main.cjs';

/** Returns the names of the chunks that a Lambda loads at its start: `main.cjs` first, then the chunks that it imports statically. */
export function chunksAtStart({ outputs }: Metafile): string[] {
  const main = Object.keys(outputs).find((path) => basename(path) === MAIN);
  const paths = new Set(main ? [main] : []);
  for (const path of paths) {
    for (const { path: imported, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && outputs[imported]) paths.add(imported);
  }
  return [...paths].map((path) => basename(path));
}

/**
 * Joins the chunks that a Lambda loads at its start into one script: a cold start reads and compiles one file in place of a dozen,
 * without the accessors between them. The chunks that are loaded later find the joined ones in its export `parts`, by file name.
 */
export async function joinChunks(
  atStart: string[],
  chunks: ReadonlyMap<string, string>,
  options: BuildOptions,
): Promise<BuiltFile[]> {
  const parts = atStart.slice(1);
  const entry = [
    `export * from './${MAIN}';`,
    ...parts.map((file, i) => `import * as part${i} from './${file}';`),
    `export const parts = {${parts.map((file, i) => `'${file}': part${i}`).join()}};`,
  ];
  const { outputFiles = [] } = await build({
    ...options,
    bundle: true,
    write: false,
    sourcemap: 'external',
    stdin: { contents: entry.join('\n'), resolveDir: '/' },
    outfile: MAIN,
    plugins: [chunksIn(atStart, chunks)],
  });
  return outputFiles.map(({ path, contents }) => ({ file: basename(path), contents }));
}

/** Reads the joined chunks from memory; all others stay files of their own. */
function chunksIn(atStart: string[], chunks: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'chunks',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^\.\// }, ({ path, kind }) =>
        kind === 'import-statement' && atStart.includes(basename(path))
          ? { path: basename(path), namespace: 'chunk' }
          : { path, external: true },
      );
      onLoad({ filter: /./, namespace: 'chunk' }, ({ path }) => ({ contents: chunks.get(path) ?? '' }));
    },
  };
}
