import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { optionalEnv, requiredEnv } from '#platform/env.ts';
import { filesIn, runIfChanged } from './build-step.ts';
import { assetOf, bundleChanged, bundles, type Sources } from './bundle.ts';
import { compileCode, isCode } from './code-cache/compile.ts';
import { composeSupergraph, writeSupergraph } from './compose.ts';
import { cdkContext, graphFolder, outputOf, ROOT } from './discover.ts';
import { buildExplorer } from './explorer.ts';
import { writeGatewayAssets } from './gateway-assets.ts';
import { writeSubscriptions } from './subscriptions.ts';
import { buildWebClient, clientConfig } from './web-client.ts';

export interface BuildOptions {
  /** Root of the graph; default: the project. */
  root?: string | undefined;
  /** Default: the stage in the graph's CDK context. */
  stage?: string | undefined;
  /** Aborts the build and its child processes. */
  signal?: AbortSignal | undefined;
}

/** Absolute paths of build outputs besides the bundles. */
export interface Outputs {
  /** Folder of the cloud assembly. */
  assembly: string;
  /** Folder of the explorer's page. */
  explorer: string;
  /** Folder of the web client; undefined if the graph has none. */
  webClient?: string;
}

/** Returns the output paths of a graph's build. */
export function outputsOf(root = ROOT): Outputs {
  const output = outputOf(root);
  return {
    assembly: join(output, 'assembly'),
    explorer: join(output, 'explorer'),
    ...(clientConfig(root) && { webClient: join(output, 'web-client') }),
  };
}

/** Builds the supergraph and all Lambdas, with their code cache, for a deployment. */
export async function buildLambdas(root = ROOT): Promise<void> {
  await bundleAll(root);
  await Promise.all([compileCode(bundles(root)), checkResolvers({ root })]);
}

/**
 * Builds for the local run what changed since the last build: Lambdas, pages and cloud assembly. Returns the source files of each
 * bundle.
 */
export async function buildAll({ root = ROOT, stage, signal }: BuildOptions = {}): Promise<Sources> {
  const { explorer, webClient } = outputsOf(root);
  const bundling = bundleAll(root);
  const pages = Promise.all([buildExplorer(explorer, root), webClient && buildWebClient(webClient, root)]);
  const sources = await bundling;
  await Promise.all([
    compileCode(bundles(root), signal),
    checkResolvers({ root, signal }),
    synthesize({ root, stage, signal }),
    pages,
  ]);
  return sources;
}

async function bundleAll(root: string): Promise<Sources> {
  const supergraph = composeSupergraph(root);
  writeSupergraph(supergraph, root);
  const bundling = bundleChanged(bundles(root));
  writeGatewayAssets(supergraph, root);
  const [sources] = await Promise.all([bundling, writeSubscriptions(root)]);
  return sources;
}

/** Synthesizes the cloud assembly for the local run of a stage; throws with the error output of the CDK app. */
export async function synthesize({ root = ROOT, stage, signal }: BuildOptions = {}): Promise<void> {
  const script = join(ROOT, 'build', 'synthesize.ts');
  const studio = ['APOLLO_KEY', 'APOLLO_GRAPH_REF', 'APOLLO_USAGE_REPORTING_INGRESS_URL'].flatMap((name) => {
    const value = optionalEnv(name);
    return value ? [[name, value]] : [];
  });
  // Template validation doubles the time; `npm run synth` and the tests do it.
  const settings = { CDK_VALIDATION: 'false', ...Object.fromEntries(studio) };
  const env = { PATH: requiredEnv('PATH'), NODE_COMPILE_CACHE: optionalEnv('NODE_COMPILE_CACHE'), ...settings };
  const { assembly } = outputsOf(root);
  const args = [script, assembly, root, ...(stage ? [stage] : [])];
  const step = { name: 'assembly', root, values: { args, settings, context: cdkContext(root) }, files: appFiles(root) };
  await runIfChanged(step, async () => {
    try {
      await promisify(execFile)(process.execPath, args, { cwd: ROOT, env, ...(signal && { signal }) });
    } catch (error) {
      throw new Error(`The CDK app failed:\n${(error as { stderr?: string }).stderr}`);
    }
    return { outputs: filesIn(assembly) };
  });
}

/** Returns the files that the CDK app reads: its code, the graph, and the assets, whose hashes are in the templates. */
function appFiles(root: string): string[] {
  const code = ['infra', 'platform', 'gateway', 'schema-check'].map((folder) => join(ROOT, folder));
  const graph = ['subgraphs', graphFolder(root)].map((folder) => join(root, folder));
  return [...filesIn(...code, ...graph), ...filesIn(...bundles(root).map(assetOf)).filter(isCode)];
}

/** Throws an error that lists the resolvers without a matching field in their subgraph's schema. */
export async function checkResolvers({ root = ROOT, signal }: Omit<BuildOptions, 'stage'> = {}): Promise<void> {
  const script = join(ROOT, 'build', 'check-resolvers.ts');
  const files = filesIn(join(root, 'subgraphs'), join(ROOT, 'platform'));
  await runIfChanged({ name: 'resolvers', root, values: '', files }, async () => {
    try {
      await promisify(execFile)(process.execPath, [script, root], { cwd: ROOT, ...(signal && { signal }) });
    } catch (error) {
      throw new Error((error as { stderr?: string }).stderr?.trim() || String(error));
    }
    return { outputs: [] };
  });
}
