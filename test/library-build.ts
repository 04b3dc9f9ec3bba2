import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SUBSCRIPTION_FUNCTIONS } from '#platform/function-names.ts';
import { LIBRARY, outputOf } from '../build/discover.ts';

/** Build of the library with subscribed fields of its own, in a root of its own. */
export class LibraryBuild {
  readonly root = mkdtempSync(join(tmpdir(), 'library-'));

  /** `fields` is the content of `subscriptions.json`. */
  constructor(fields: object) {
    for (const name of ['subgraphs', 'graph']) symlinkSync(join(LIBRARY, name), join(this.root, name));
    cpSync(join(LIBRARY, 'cdk.json'), join(this.root, 'cdk.json'));
    const filter = (path: string) => !/\.maps$|\/(assembly|explorer)$/.test(path);
    cpSync(outputOf(LIBRARY), outputOf(this.root), { recursive: true, filter });
    writeFileSync(join(outputOf(this.root), 'gateway', 'subscriptions.json'), JSON.stringify(fields));
    for (const name of SUBSCRIPTION_FUNCTIONS) this.#writeFunction(name);
  }

  remove(): void {
    for (const directory of [this.root, outputOf(this.root)]) rmSync(directory, { recursive: true });
  }

  /** Writes a function in the place of one that the build does not have. */
  #writeFunction(name: string): void {
    const folder = join(outputOf(this.root), name);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'index.js');
    if (!existsSync(file)) writeFileSync(file, 'exports.handler = async () => {};');
  }
}
