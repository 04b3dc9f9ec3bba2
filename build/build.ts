import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { optionalEnv, requiredEnv } from '#platform/env.ts';
import { bundle, bundles, type Sources } from './bundle.ts';
import { compileCode } from './code-cache/compile.ts';
import { composeSupergraph, writeSupergraph } from './compose.ts';
import { outputOf, ROOT } from './discover.ts';
import { buildExplorer } from './explorer.ts';
import { writeGatewayAssets } from './gateway-assets.ts';
import { buildWebClient, clientConfig } from './web-client.ts';

/** Which graph to build, and for which stage. */
export interface BuildOptions {
  /** The project's if it is left out. */
  root?: string | undefined;
  /** That of the graph's context if it is left out. */
  stage?: string | undefined;
  /** Aborted when the build is not wanted any more: no process that it started is left. */
  signal?: AbortSignal | undefined;
}

/** Where the build of a graph writes what the local run needs beside the bundles: absolute paths of folders. */
export interface Outputs {
  /** The cloud assembly. */
  assembly: string;
  /** The explorer's page. */
  explorer: string;
  /** The web client's page, for a graph that has a client. */
  webClient?: string;
}

/** Where the build of a graph is found. */
export function outputsOf(root = ROOT): Outputs {
  const output = outputOf(root);
  return {
    assembly: join(output, 'assembly'),
    explorer: join(output, 'explorer'),
    ...(clientConfig(root) && { webClient: join(output, 'web-client') }),
  };
}

/** Builds all that a deployment needs: the supergraph and every Lambda, its code compiled. */
export async function buildLambdas(root = ROOT): Promise<void> {
  await bundleAll(root);
  await compileCode(bundles(root));
}

/** Builds all that the local run of a stage needs, pages and the cloud assembly included. Tells what the bundles are made of. */
export async function buildAll({ root = ROOT, stage, signal }: BuildOptions = {}): Promise<Sources> {
  const { explorer, webClient } = outputsOf(root);
  const bundling = bundleAll(root);
  const pages = Promise.all([buildExplorer(explorer, root), webClient && buildWebClient(webClient, root)]);
  const sources = await bundling;
  await Promise.all([compileCode(bundles(root), signal), synthesize({ root, stage, signal }), pages]);
  return sources;
}

function bundleAll(root: string): Promise<Sources> {
  const supergraph = composeSupergraph(root);
  writeSupergraph(supergraph, root);
  const bundling = bundle(bundles(root));
  writeGatewayAssets(supergraph, root);
  return bundling;
}

/** Synthesizes the cloud assembly for the local run of a stage; throws what the infrastructure code says when it fails. */
export async function synthesize({ root = ROOT, stage, signal }: BuildOptions = {}): Promise<void> {
  const script = join(ROOT, 'build', 'synthesize.ts');
  const studio = ['APOLLO_KEY', 'APOLLO_GRAPH_REF', 'APOLLO_USAGE_REPORTING_INGRESS_URL'].flatMap((name) => {
    const value = optionalEnv(name);
    return value ? [[name, value]] : [];
  });
  // `npm run synth` and the tests validate the templates: it takes as long as all the rest.
  const env = { PATH: requiredEnv('PATH'), CDK_VALIDATION: 'false', ...Object.fromEntries(studio) };
  try {
    const args = [script, outputsOf(root).assembly, root, ...(stage ? [stage] : [])];
    await promisify(execFile)(process.execPath, args, { cwd: ROOT, env, ...(signal && { signal }) });
  } catch (error) {
    throw new Error(`The infrastructure does not synthesize:\n${(error as { stderr?: string }).stderr}`);
  }
}
