import { execFile } from 'node:child_process';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { type Bundle, bundle, bundles, DIST } from './bundle.ts';
import { composeSupergraph, writeSupergraph } from './compose.ts';
import { ROOT } from './discover.ts';
import { buildExplorer } from './explorer.ts';
import { buildWebClient } from './web-client.ts';

/** Where the cloud assembly of the local run is written. */
export const ASSEMBLY = join(DIST, 'assembly');
/** Where the explorer's page is written. */
export const EXPLORER = join(DIST, 'explorer');
/** Where the web client's page is written. */
export const WEB_CLIENT = join(DIST, 'web-client');

/** Which source files each bundle is made of, by its name: paths from the top of the project. */
export type Sources = Map<string, Set<string>>;

/** Builds all that a run or a deployment needs: the supergraph and every bundle. Tells what the bundles are made of. */
export async function buildLambdas(): Promise<Sources> {
  writeSupergraph(composeSupergraph());
  const made = await Promise.all(bundles().map(async (each) => [each.name, await sourcesOf(each)] as const));
  return new Map(made);
}

/** Bundles one Lambda; tells what it is made of. */
export async function sourcesOf(one: Bundle): Promise<Set<string>> {
  const { inputs } = await bundle(one);
  return new Set(Object.keys(inputs).map((path) => relative(ROOT, join(ROOT, path))));
}

/** Builds all that the local run needs, pages and the cloud assembly included. */
export async function buildAll(): Promise<Sources> {
  const [sources] = await Promise.all([buildLambdas(), buildExplorer(EXPLORER), buildWebClient(WEB_CLIENT)]);
  await synthesize();
  return sources;
}

/** Synthesizes the cloud assembly for the local run; throws what the infrastructure code says when it fails. */
export async function synthesize(): Promise<void> {
  const script = join(ROOT, 'build', 'synthesize.ts');
  await promisify(execFile)(process.execPath, [script, ASSEMBLY], { cwd: ROOT }).catch((error: { stderr?: string }) => {
    throw new Error(`The infrastructure does not synthesize:\n${error.stderr}`);
  });
}
