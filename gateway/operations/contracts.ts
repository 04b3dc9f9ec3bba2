import { join } from 'node:path';
import type { Gateway } from '../gateway.ts';
import type { PlannedGraph } from './plan-on-demand.ts';
import { assetFile } from './read-asset.ts';

const PATH = /^\/graphql\/([a-z][a-z0-9-]*)$/;

/** The contracts in the gateway's asset: for each a supergraph of its own, read when it is first asked for. */
export class Contracts {
  readonly #asset: string;
  readonly #gatewayOver: (graph: PlannedGraph) => Gateway;
  readonly #gateways = new Map<string, Gateway>();

  constructor(asset: string, gatewayOver: (graph: PlannedGraph) => Gateway) {
    this.#asset = asset;
    this.#gatewayOver = gatewayOver;
  }

  /** Returns the gateway of the contract that a path names; undefined if there is none. */
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
