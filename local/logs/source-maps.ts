import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';

/** The folder with the source maps of an asset's files: beside the asset, so that they are not deployed with it. */
export function sourceMapsOf(asset: string): string {
  return `${asset}.maps`;
}

/** A place in built code, as stacks have it: `/path/to/products/main.cjs:1:2345`. */
const PLACE = /((?:[A-Za-z]:)?[^\s("'`:]*[\\/]+([\w-]+)[\\/]+([\w.-]+\.cjs)):(\d+):(\d+)/g;

/** Says where in the source a place in built code comes from. A map is read when a place in its file is first shown. */
export class SourceMaps {
  readonly #output: string;
  readonly #root: string;
  readonly #maps = new Map<string, TraceMap | undefined>();

  /** Of the assets in a folder; sources are named from the root. */
  constructor({ output, root }: { output: string; root: string }) {
    this.#output = output;
    this.#root = root;
  }

  /** A text with each place in built code as one in the source: `subgraphs/products/resolvers/query.ts:12:3`. */
  applyTo(text: string): string {
    if (!text.includes('.cjs:')) return text;
    return text.replace(PLACE, (place, _, bundle: string, file: string, line: string, column: string) => {
      return (
        this.#original(join(sourceMapsOf(join(this.#output, bundle)), `${file}.map`), Number(line), Number(column)) ??
        place
      );
    });
  }

  /** Forgets what it has read: code is built anew. */
  renew(): void {
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
