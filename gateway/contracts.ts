import { join } from 'node:path';
import { loadedOnce } from '#platform/loaded-once.ts';
import { assetFile } from './asset-file.ts';
import type { FullGateway } from './full-gateway.ts';

const PATH = /^\/graphql\/([a-z][a-z0-9-]*)$/;

/** The contracts in the gateway's asset: for each a supergraph of its own, read when it is first asked for. */
export class Contracts {
  readonly #asset: string;
  readonly #load: (supergraph: string) => Promise<FullGateway>;
  readonly #loaded = new Map<string, () => Promise<FullGateway>>();

  constructor(asset: string, load: (supergraph: string) => Promise<FullGateway>) {
    this.#asset = asset;
    this.#load = load;
  }

  /** The gateway of the contract that a path names; undefined if there is none. */
  gatewayFor(path: string): Promise<FullGateway> | undefined {
    const [, name] = PATH.exec(path) ?? [];
    if (!name) return undefined;
    const known = this.#loaded.get(name);
    if (known) return known();
    const supergraph = assetFile(join(this.#asset, 'contracts', `${name}.graphql`));
    if (supergraph === undefined) return undefined;
    const load = loadedOnce(() => this.#load(supergraph));
    this.#loaded.set(name, load);
    return load();
  }
}
