import { join } from 'node:path';
import { assetFile } from './asset-file.ts';
import type { Gateway } from './gateway.ts';

const PATH = /^\/graphql\/([a-z][a-z0-9-]*)$/;

/** The contracts in the gateway's asset: for each a supergraph of its own, read when it is first asked for. */
export class Contracts {
  readonly #asset: string;
  readonly #gatewayOver: (supergraph: string) => Gateway;
  readonly #gateways = new Map<string, Gateway>();

  constructor(asset: string, gatewayOver: (supergraph: string) => Gateway) {
    this.#asset = asset;
    this.#gatewayOver = gatewayOver;
  }

  /** Returns the gateway of the contract that a path names; undefined if there is none. */
  gatewayFor(path: string): Gateway | undefined {
    const [, name] = PATH.exec(path) ?? [];
    if (!name) return undefined;
    const known = this.#gateways.get(name);
    if (known) return known;
    const supergraph = assetFile(join(this.#asset, 'contracts', `${name}.graphql`));
    if (supergraph === undefined) return undefined;
    const gateway = this.#gatewayOver(supergraph);
    this.#gateways.set(name, gateway);
    return gateway;
  }
}
