import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { optionalEnv } from '#platform/env.ts';
import { discoverSubgraphs, graphName, ROOT, type SubgraphFolder } from '../build/discover.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run studio:publish -- [NAME …] [options]
       npm run studio:check -- [NAME …] [options]
       npm run studio:config

Publishes or checks subgraphs, all or those named, in Apollo Studio with rover (https://www.apollographql.com/docs/rover).
"publish" sends their schemas; "check" reports what they would break for the clients that Studio has seen. "config" writes
supergraph.yaml for "rover supergraph compose --config supergraph.yaml" and "rover dev".

  --graph REF   the graph and its variant, such as ${graphName()}@dev (or the environment variable APOLLO_GRAPH_REF)
  --help        show this

rover needs an API key of the graph in the environment variable APOLLO_KEY.
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { graph: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const [command, ...names] = positionals;
  if (values.help) process.stdout.write(HELP);
  else if (command === 'config') writeConfig();
  else if (command === 'publish' || command === 'check')
    runRover(command, selectSubgraphs(names), values.graph ?? optionalEnv('APOLLO_GRAPH_REF'));
  else throw new Error(HELP);
} catch (error) {
  fail(error);
}

function selectSubgraphs(names: string[]): SubgraphFolder[] {
  const all = discoverSubgraphs();
  const unknown = names.find((name) => !all.some((each) => each.name === name));
  if (unknown)
    throw new Error(`There is no subgraph "${unknown}". The subgraphs are ${all.map(({ name }) => name).join(', ')}.`);
  return all.filter(({ name }) => names.length === 0 || names.includes(name));
}

function runRover(command: 'publish' | 'check', subgraphs: SubgraphFolder[], graph: string | undefined): void {
  if (!graph) throw new Error('Name the graph: --graph NAME@VARIANT, or the environment variable APOLLO_GRAPH_REF.');
  if (!optionalEnv('APOLLO_KEY'))
    throw new Error('rover needs an API key of the graph in the environment variable APOLLO_KEY.');
  for (const { name, path } of subgraphs) {
    const url = command === 'publish' ? ['--routing-url', routingUrl(name)] : [];
    const args = ['subgraph', command, graph, '--name', name, '--schema', schemaPath(path), ...url];
    const { status, error } = spawnSync('rover', args, { cwd: ROOT, stdio: 'inherit' });
    if (error) throw new Error('rover is not installed: see https://www.apollographql.com/docs/rover/getting-started');
    if (status !== 0) throw new Error(`rover could not ${command} the subgraph "${name}": see its output above.`);
  }
}

function writeConfig(): void {
  const subgraphs = discoverSubgraphs().map(
    ({ name, path }) =>
      `  ${name}:\n    routing_url: ${routingUrl(name)}\n    schema:\n      file: ${schemaPath(path)}\n`,
  );
  const file = join(ROOT, 'supergraph.yaml');
  writeFileSync(file, `federation_version: =${compositionVersion()}\nsubgraphs:\n${subgraphs.join('')}`);
  process.stdout.write(`supergraph.yaml written: ${subgraphs.length} subgraphs\n`);
}

/** Returns the version of @apollo/composition that the build uses. */
function compositionVersion(): string {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return (manifest as { devDependencies: Record<string, string> }).devDependencies['@apollo/composition'] ?? '';
}

/** Returns the `lambda:` URL by which the gateway invokes a subgraph; other clients cannot call it. */
function routingUrl(name: string): string {
  return `lambda://${name}`;
}

function schemaPath(path: string): string {
  return `./${relative(ROOT, join(path, 'schema.graphql'))}`;
}
