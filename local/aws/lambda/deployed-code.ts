import { cpSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Copies of assets, as Lambda keeps of each version: a function runs from one, and never from a folder that a build is writing.
 */
export class DeployedCode {
  readonly #folder: string;
  /** The copy of each asset that new environments start from, by the asset's folder. */
  readonly #current = new Map<string, string>();
  readonly #copies = new Set<string>();
  #count = 0;

  /** Keeps its copies in a folder, which it empties. */
  constructor(folder: string) {
    this.#folder = folder;
    rmSync(folder, { recursive: true, force: true });
  }

  /** The copy of an asset; made now, of an asset that is whole, if there is none yet. */
  copyOf(asset: string): string {
    const current = this.#current.get(asset);
    if (current) return current;
    const copy = join(this.#folder, String(++this.#count), basename(asset));
    cpSync(asset, copy, { recursive: true });
    this.#copies.add(copy);
    this.#current.set(asset, copy);
    return copy;
  }

  /** Has the next copy of an asset, named as its folder, made anew. */
  invalidate(bundle: string): void {
    for (const asset of this.#current.keys()) if (basename(asset) === bundle) this.#current.delete(asset);
  }

  /** Deletes the copies that no function starts from, except those that environments still run from. */
  sweep(inUse: ReadonlySet<string>): void {
    const kept = new Set([...this.#current.values(), ...inUse]);
    for (const copy of this.#copies) {
      if (kept.has(copy)) continue;
      rmSync(dirname(copy), { recursive: true, force: true });
      this.#copies.delete(copy);
    }
  }
}
