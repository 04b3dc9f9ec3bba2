import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { optionalEnv, requiredEnv } from '#platform/env.ts';
import { bundle, bundles, DIST, type Sources } from './bundle.ts';
import { compileCode } from './code-cache/compile.ts';
import { composeSupergraph, writeSupergraph } from './compose.ts';
import { ROOT } from './discover.ts';
import { buildExplorer } from './explorer.ts';
import { writeGatewayAssets } from './gateway-assets.ts';
import { buildWebClient } from './web-client.ts';

/** Where the cloud assembly of the local run is written. */
export const ASSEMBLY = join(DIST, 'assembly');
/** Where the explorer's page is written. */
export const EXPLORER = join(DIST, 'explorer');
/** Where the web client's page is written. */
export const WEB_CLIENT = join(DIST, 'web-client');

/** Builds all that a deployment needs: the supergraph and every Lambda, its code compiled. */
export async function buildLambdas(): Promise<void> {
  await bundleAll();
  await compileCode(bundles());
}

/** Builds all that the local run of a stage needs, pages and the cloud assembly included. Tells what the bundles are made of. */
export async function buildAll(stage?: string): Promise<Sources> {
  const pages = Promise.all([buildExplorer(EXPLORER), buildWebClient(WEB_CLIENT)]);
  const sources = await bundleAll();
  await Promise.all([compileCode(bundles()), synthesize(stage), pages]);
  return sources;
}

function bundleAll(): Promise<Sources> {
  const supergraph = composeSupergraph();
  writeSupergraph(supergraph);
  const bundling = bundle(bundles());
  writeGatewayAssets(supergraph);
  return bundling;
}

/** Synthesizes the cloud assembly for the local run of a stage; throws what the infrastructure code says when it fails. */
export async function synthesize(stage?: string): Promise<void> {
  const script = join(ROOT, 'build', 'synthesize.ts');
  const studio = ['APOLLO_KEY', 'APOLLO_GRAPH_REF', 'APOLLO_USAGE_REPORTING_INGRESS_URL'].flatMap((name) => {
    const value = optionalEnv(name);
    return value ? [[name, value]] : [];
  });
  // `npm run synth` and the tests validate the templates: it takes as long as all the rest.
  const env = { PATH: requiredEnv('PATH'), CDK_VALIDATION: 'false', ...Object.fromEntries(studio) };
  try {
    await promisify(execFile)(process.execPath, [script, ASSEMBLY, ...(stage ? [stage] : [])], { cwd: ROOT, env });
  } catch (error) {
    throw new Error(`The infrastructure does not synthesize:\n${(error as { stderr?: string }).stderr}`);
  }
}
