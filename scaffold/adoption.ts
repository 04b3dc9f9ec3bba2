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

/** Changes that adopting the system under a new graph name makes. */
export interface Adoption {
  name: string;
  /** Folders of the sample to delete, with their number of files. */
  deleted: { folder: string; files: number }[];
  /** Paths of the services to keep, relative to the root. */
  kept: string[];
  renames: Rename[];
  /** Packages that only the sample uses. */
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

/** Returns the changes that adoption would make; throws an error with the reason if it is impossible. */
export async function planAdoption(name: string, root = ROOT): Promise<Adoption> {
  const fault = graphNameFault(name);
  if (fault) throw new Error(fault);
  if (!hasSample(root)) throw new Error(`The system is already adopted: its graph is "${graphName(root)}".`);
  const sample = new Set((await sampleServices(root)).map((service) => service.name));
  const kept = discoverSubgraphs(root).filter((service) => !sample.has(service.name));
  requireComposition(
    kept.map((service) => service.name),
    root,
  );
  for (const service of kept) await refuseConsumerOf(sample, service, root);
  const folders = [SAMPLE, ...[...sample].map((service) => `subgraphs/${service}`)];
  const manifest = readJson<Manifest>('package.json', root);
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  return {
    name,
    deleted: folders.map((folder) => ({ folder, files: countFiles(folder, root) })),
    kept: kept.map((service) => `subgraphs/${service.name}`),
    renames: renamesTo(name, manifest.name, root),
    packages: packagesOf(folders, declared, root),
  };
}

/** Deletes the sample and renames the graph. Unused packages stay installed; the caller uninstalls them with npm. */
export function adopt({ name, deleted, renames }: Adoption, root = ROOT): void {
  for (const { folder } of deleted) rmSync(join(root, folder), { recursive: true });
  for (const { file, from, to } of renames) {
    const path = join(root, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
  }
  const readme = join(root, 'README.md');
  writeFileSync(readme, stripSampleSections(readFileSync(readme, 'utf8')));
  write(join(root, 'graph', 'README.md'), graphReadme(name));
  if (discoverSubgraphs(root).length > 0) writeSupergraph(composeSupergraph(root), root);
}

/** Removes the sections between `<!-- sample -->` and `<!-- /sample -->`. */
function stripSampleSections(document: string): string {
  return document.replace(/<!-- sample -->.*?<!-- \/sample -->\n\n?/gs, '');
}

function requireComposition(kept: string[], root: string): void {
  if (kept.length === 0) return;
  const composed = compose(readSchemas(root).filter(({ name }) => kept.includes(name)));
  if (composed.ok) return;
  const errors = composed.errors.flatMap((error) => findingLines(error, (_, text) => text));
  throw new Error(`Without the sample, ${kept.join(', ')} would not compose. Fix this first:\n${errors.join('\n')}`);
}

async function refuseConsumerOf(sample: Set<string>, { name, path }: { name: string; path: string }, root: string) {
  const { default: config } = (await import(importable(join(path, 'subgraph.config.ts')))) as {
    default: SubgraphConfig;
  };
  const source = Object.keys(config.consumes ?? {}).find((publisher) => sample.has(publisher));
  if (source)
    throw new Error(
      `${path.slice(root.length + 1)} consumes events of ${source}, which adoption deletes. Change it first, or run "npm run remove -- ${name}".`,
    );
}

/** Returns the literal replacements for the graph's name; each text occurs in its file with this meaning only. */
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

function countFiles(folder: string, root: string): number {
  return globSync(`${folder}/**`, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}

function readJson<Content>(file: string, root: string): Content {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as Content;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
