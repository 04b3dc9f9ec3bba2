import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';

/** Returns the folder of an asset's source maps: beside the asset, so that they are not deployed with it. */
export function sourceMapsOf(asset: string): string {
  return `${asset}.maps`;
}

/** A position in built code, as in a stack trace: `/path/to/products/main.cjs:1:2345`. */
const BUILT_POSITION = /((?:[A-Za-z]:)?[^\s("'`:]*[\\/]+([\w-]+)[\\/]+([\w.-]+\.cjs)):(\d+):(\d+)/g;

/** Maps positions in built code to source positions. Reads each map on first use. */
export class SourceMaps {
  readonly #output: string;
  readonly #root: string;
  readonly #maps = new Map<string, TraceMap | undefined>();

  /** `output` is the folder of the assets; source paths are relative to `root`. */
  constructor({ output, root }: { output: string; root: string }) {
    this.#output = output;
    this.#root = root;
  }

  /** Replaces each built position in a text with its source position: `subgraphs/products/resolvers/query.ts:12:3`. */
  applyTo(text: string): string {
    if (!text.includes('.cjs:')) return text;
    return text.replace(BUILT_POSITION, (position, _, bundle: string, file: string, line: string, column: string) => {
      return (
        this.#original(join(sourceMapsOf(join(this.#output, bundle)), `${file}.map`), Number(line), Number(column)) ??
        position
      );
    });
  }

  /** Discards the maps read so far; call it after a build. */
  clear(): void {
    this.#maps.clear();
  }

  #original(mapFile: string, line: number, column: number): string | undefined {
    const map = this.#mapIn(mapFile);
    const original = map && originalPositionFor(map, { line, column: column - 1 });
    if (!original?.source) return undefined;
    const file = relative(this.#root, resolve(dirname(mapFile), original.source))
      .split('\\')
      .join('/');
    return `${file}:${original.line}:${original.column + 1}`;
  }

  #mapIn(file: string): TraceMap | undefined {
    if (!this.#maps.has(file))
      this.#maps.set(file, existsSync(file) ? new TraceMap(readFileSync(file, 'utf8')) : undefined);
    return this.#maps.get(file);
  }
}
