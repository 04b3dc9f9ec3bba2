import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GatewayBuild } from '../schema-check/deployed-check.ts';
import { GATEWAY_BUILD } from '../schema-check/lambda/gateway-build.ts';
import { assetOf } from './bundle.ts';
import { ROOT } from './discover.ts';
import { registeredOperations } from './operations/registered.ts';

/** Puts what the gateway is built with into the asset of the function that holds it against what is deployed. */
export function writeGatewayBuild(supergraphSdl: string, root = ROOT): void {
  const asset = assetOf({ name: 'schema-check', root });
  const build: GatewayBuild = { supergraphSdl, operations: registeredOperations(root) };
  mkdirSync(asset, { recursive: true });
  writeFileSync(join(asset, GATEWAY_BUILD), JSON.stringify(build));
}
