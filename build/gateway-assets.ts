import { writeContracts } from './contract.ts';
import { ROOT } from './discover.ts';
import { writeGatewayBuild } from './gateway-build.ts';
import { precompileOperations } from './precompile-operations.ts';
import { writeUsageReporter } from './usage-reporter.ts';

/** Writes the files derived from a supergraph into the assets of the gateway, its usage reporter and its schema check. */
export function writeGatewayAssets(supergraphSdl: string, root = ROOT): void {
  precompileOperations(supergraphSdl, root);
  writeContracts(supergraphSdl, root);
  writeUsageReporter(supergraphSdl, root);
  writeGatewayBuild(supergraphSdl, root);
}
