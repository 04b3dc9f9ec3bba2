import { writeContracts } from './contract.ts';
import { writeGatewayBuild } from './gateway-build.ts';
import { writeKnownOperations } from './known-operations.ts';
import { writeUsageReporter } from './usage-reporter.ts';

/** Writes what is made of a supergraph into the assets of the gateway and of the functions beside it. */
export function writeGatewayAssets(supergraphSdl: string): void {
  writeKnownOperations(supergraphSdl);
  writeContracts(supergraphSdl);
  writeUsageReporter(supergraphSdl);
  writeGatewayBuild(supergraphSdl);
}
