import { cpSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Copies of assets that functions run from, so that none runs from a folder that a build is writing to. */
export class DeployedCode {
  readonly #folder: string;
  /** Current copy by asset folder; new environments start from it. */
  readonly #current = new Map<string, string>();
  readonly #copies = new Set<string>();
  #count = 0;

  /** Stores copies in `folder`, which it empties. */
  constructor(folder: string) {
    this.#folder = folder;
    rmSync(folder, { recursive: true, force: true });
  }

  /** Returns the current copy of an asset; makes one if there is none. The asset must not be in the middle of a build. */
  copyOf(asset: string): string {
    const current = this.#current.get(asset);
    if (current) return current;
    const copy = join(this.#folder, String(++this.#count), basename(asset));
    cpSync(asset, copy, { recursive: true });
    this.#copies.add(copy);
    this.#current.set(asset, copy);
    return copy;
  }

  /** Discards the current copy of the asset with this folder name; the next call of `copyOf` makes a new one. */
  invalidate(bundle: string): void {
    for (const asset of this.#current.keys()) if (basename(asset) === bundle) this.#current.delete(asset);
  }

  /** Deletes copies that are neither current nor in use by an environment. */
  sweep(inUse: ReadonlySet<string>): void {
    const kept = new Set([...this.#current.values(), ...inUse]);
    for (const copy of this.#copies) {
      if (kept.has(copy)) continue;
      rmSync(dirname(copy), { recursive: true, force: true });
      this.#copies.delete(copy);
    }
  }
}
