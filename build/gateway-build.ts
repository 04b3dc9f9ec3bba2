import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GatewayBuild } from '../schema-check/deployed-check.ts';
import { GATEWAY_BUILD } from '../schema-check/lambda/gateway-build.ts';
import { assetOf } from './bundle.ts';
import { ROOT } from './discover.ts';
import { registeredOperations } from './operations/registered.ts';

/** Writes the gateway's supergraph and operations into the schema check's asset, which compares them with the deployment. */
export function writeGatewayBuild(supergraphSdl: string, root = ROOT): void {
  const asset = assetOf({ name: 'schema-check', root });
  const build: GatewayBuild = { supergraphSdl, operations: registeredOperations(root) };
  mkdirSync(asset, { recursive: true });
  writeFileSync(join(asset, GATEWAY_BUILD), JSON.stringify(build));
}
