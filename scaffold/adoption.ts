import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import { composeSupergraph, writeSupergraph } from '../build/compose.ts';
import { discoverSubgraphs, graphName, importable, ROOT, readSchemas } from '../build/discover.ts';
import { hasSample, SAMPLE, sampleServices } from '../build/sample.ts';
import { compose } from '../schema-check/composition.ts';
import { findingLines } from '../schema-check/report/finding-lines.ts';
import { graphNameFault } from './graph-name.ts';
import { graphReadme } from './graph-readme.ts';
import { packagesOf } from './sample-packages.ts';

/** What it means to adopt the system under a name of its own. */
export interface Adoption {
  name: string;
  /** Folders of the sample, with how many files each has. */
  goes: { folder: string; files: number }[];
  /** Services that stay: paths from the root. */
  stays: string[];
  /** What is renamed, by file. */
  renames: Rename[];
  /** Packages that the sample alone uses. */
  packages: string[];
}

export interface Rename {
  file: string;
  from: string;
  to: string;
}

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Finds out what adopting means; throws, with the reason, when it cannot be done. */
export async function planAdoption(name: string, root = ROOT): Promise<Adoption> {
  const fault = graphNameFault(name);
  if (fault) throw new Error(fault);
  if (!hasSample(root)) throw new Error(`The system is adopted already: its graph is "${graphName(root)}".`);
  const sample = new Set((await sampleServices(root)).map((service) => service.name));
  const staying = discoverSubgraphs(root).filter((service) => !sample.has(service.name));
  refuseWhatWouldNotCompose(
    staying.map((service) => service.name),
    root,
  );
  for (const service of staying) await refuseConsumerOf(sample, service, root);
  const folders = [SAMPLE, ...[...sample].map((service) => `subgraphs/${service}`)];
  const manifest = readJson<Manifest>('package.json', root);
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  return {
    name,
    goes: folders.map((folder) => ({ folder, files: filesIn(folder, root) })),
    stays: staying.map((service) => `subgraphs/${service.name}`),
    renames: renamesTo(name, manifest.name, root),
    packages: packagesOf(folders, declared, root),
  };
}

/** Takes the sample away and gives the graph its name. Packages stay installed: what leaves the manifest is npm's to do. */
export function adopt({ name, goes, renames }: Adoption, root = ROOT): void {
  for (const { folder } of goes) rmSync(join(root, folder), { recursive: true });
  for (const { file, from, to } of renames) {
    const path = join(root, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
  }
  const readme = join(root, 'README.md');
  writeFileSync(readme, withoutSample(readFileSync(readme, 'utf8')));
  write(join(root, 'graph', 'README.md'), graphReadme(name));
  if (discoverSubgraphs(root).length > 0) writeSupergraph(composeSupergraph(root), root);
}

/** Returns a document without the parts between the comments `sample` and `/sample`. */
function withoutSample(document: string): string {
  return document.replace(/<!-- sample -->.*?<!-- \/sample -->\n\n?/gs, '');
}

function refuseWhatWouldNotCompose(staying: string[], root: string): void {
  if (staying.length === 0) return;
  const composed = compose(readSchemas(root).filter(({ name }) => staying.includes(name)));
  if (composed.ok) return;
  const errors = composed.errors.flatMap((error) => findingLines(error, (_, text) => text));
  throw new Error(
    `Without the sample, ${staying.join(', ')} would not compose: change that first.\n${errors.join('\n')}`,
  );
}

async function refuseConsumerOf(sample: Set<string>, { name, path }: { name: string; path: string }, root: string) {
  const { default: config } = (await import(importable(join(path, 'subgraph.config.ts')))) as {
    default: SubgraphConfig;
  };
  const source = Object.keys(config.consumes ?? {}).find((publisher) => sample.has(publisher));
  if (source)
    throw new Error(
      `${path.slice(root.length + 1)} consumes events of ${source}, which goes: change that first, or "npm run remove -- ${name}".`,
    );
}

/** The graph's name where it stands: each text is looked for as it is, and stands for nothing else in its file. */
function renamesTo(name: string, packageName: string, root: string): Rename[] {
  const [title = ''] = /^# .+$/m.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  const inManifest = { from: `"name": "${packageName}"`, to: `"name": "${name}-graph"` };
  return [
    { file: 'cdk.json', from: `"graph": "${graphName(root)}"`, to: `"graph": "${name}"` },
    { file: 'package.json', ...inManifest },
    { file: 'package-lock.json', ...inManifest },
    { file: 'README.md', from: title, to: `# ${name.slice(0, 1).toUpperCase()}${name.slice(1)} graph` },
  ];
}

function filesIn(folder: string, root: string): number {
  return globSync(`${folder}/**`, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}

function readJson<Content>(file: string, root: string): Content {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as Content;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
