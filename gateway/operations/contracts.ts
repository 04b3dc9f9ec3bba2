import { join } from 'node:path';
import type { Gateway } from '../gateway.ts';
import type { PlannedGraph } from './deployed-planner.ts';
import { assetFile } from './read-asset.ts';

const PATH = /^\/graphql\/([a-z][a-z0-9-]*)$/;

/** Returns whether a path is that of a contract, which need not exist. */
export function isContractPath(path: string): boolean {
  return PATH.test(path);
}

/** Gateways of the contracts in the gateway's asset, created on first use. */
export class Contracts {
  readonly #asset: string;
  readonly #gatewayOver: (graph: PlannedGraph) => Gateway;
  readonly #gateways = new Map<string, Gateway>();

  constructor(asset: string, gatewayOver: (graph: PlannedGraph) => Gateway) {
    this.#asset = asset;
    this.#gatewayOver = gatewayOver;
  }

  /** Returns the gateway for a path `/graphql/CONTRACT`; undefined if there is no such contract. */
  gatewayFor(path: string): Gateway | undefined {
    const [, name] = PATH.exec(path) ?? [];
    if (!name) return undefined;
    const known = this.#gateways.get(name);
    if (known) return known;
    const file = join(this.#asset, 'contracts', name);
    const supergraphSdl = assetFile(`${file}.graphql`);
    if (supergraphSdl === undefined) return undefined;
    const gateway = this.#gatewayOver({ supergraphSdl, apiSdl: assetFile(`${file}.api.graphql`) });
    this.#gateways.set(name, gateway);
    return gateway;
  }
}
