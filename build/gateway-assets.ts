import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { API_SCHEMA, GRAPH, OPERATIONS, SUPERGRAPH } from '../gateway/operations/registered-operations.ts';
import { assetOf, GATEWAYS } from './bundle.ts';
import { CONTRACTS, writeContracts } from './contract.ts';
import { ROOT } from './discover.ts';
import { writeGatewayBuild } from './gateway-build.ts';
import { precompileOperations } from './precompile-operations.ts';
import { writeUsageReporter } from './usage-reporter.ts';

/**
 * Writes the files derived from a supergraph into the assets of the gateway, its functions for subscriptions, its usage reporter
 * and its schema check.
 */
export function writeGatewayAssets(supergraphSdl: string, root = ROOT): void {
  precompileOperations(supergraphSdl, root);
  writeContracts(supergraphSdl, root);
  writeUsageReporter(supergraphSdl, root);
  writeGatewayBuild(supergraphSdl, root);
  copyToOthers(root);
}

/** Copies the files of the gateway's asset to the other functions that run operations. */
function copyToOthers(root: string): void {
  const [first = '', ...others] = GATEWAYS.map((name) => assetOf({ name, root }));
  for (const other of others) {
    for (const folder of [OPERATIONS, CONTRACTS]) rmSync(join(other, folder), { recursive: true, force: true });
    for (const file of [GRAPH, SUPERGRAPH, API_SCHEMA, OPERATIONS, CONTRACTS])
      if (existsSync(join(first, file))) cpSync(join(first, file), join(other, file), { recursive: true });
  }
}
