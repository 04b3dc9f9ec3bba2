import { basename } from 'node:path';
import type { Metafile } from 'esbuild';
import { type Bundle, metafileOf } from './bundle.ts';

/** What a Lambda carries, in bytes of minified code. */
export interface BundleReport {
  name: string;
  /** What is read when the function starts. */
  atStart: number;
  /** All of it. */
  total: number;
  /** By package or folder of this project, the largest first. */
  packages: PackageSize[];
  metafile: Metafile;
}

export interface PackageSize {
  name: string;
  bytes: number;
  /** Of these, what is read when the function starts. */
  atStart: number;
}

/** The most that each kind of Lambda may carry, in bytes: what is read at the start, and all of it. */
const BUDGETS: Record<string, { atStart: number; total: number }> = {
  gateway: { atStart: 137_000, total: 2_450_000 },
  'usage-reporter': { atStart: 460_000, total: 460_000 },
  'schema-check': { atStart: 1_340_000, total: 1_340_000 },
  publisher: { atStart: 240_000, total: 240_000 },
  consumer: { atStart: 330_000, total: 330_000 },
  subgraph: { atStart: 570_000, total: 1_110_000 },
};

/** Which budget is for a Lambda. */
export function budgetOf(name: string): { atStart: number; total: number } {
  const kind = name.endsWith('-consumer') ? 'consumer' : name;
  return BUDGETS[kind] ?? BUDGETS.subgraph ?? { atStart: 0, total: 0 };
}

/** What a bundle carries, by package. */
export async function reportOn(bundle: Bundle): Promise<BundleReport> {
  const metafile = await metafileOf(bundle);
  const { outputs } = metafile;
  const first = Object.keys(outputs).find((file) => basename(file).startsWith('main.'));
  const atStart = new Set(first ? [first] : []);
  for (const file of atStart)
    for (const { path, kind } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && outputs[path]) atStart.add(path);
  const packages = new Map<string, PackageSize>();
  for (const [file, { inputs }] of Object.entries(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = packageOf(path);
      const known = packages.get(name) ?? { name, bytes: 0, atStart: 0 };
      known.bytes += bytesInOutput;
      if (atStart.has(file)) known.atStart += bytesInOutput;
      packages.set(name, known);
    }
  }
  const sizes = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
  return {
    name: bundle.name,
    atStart: sizes(atStart),
    total: sizes(Object.keys(outputs)),
    packages: [...packages.values()].sort((a, b) => b.bytes - a.bytes),
    metafile,
  };
}

/** `node_modules/@scope/name/file.js` is of `@scope/name`, `gateway/engine/run.ts` of `gateway/engine`. */
function packageOf(path: string): string {
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return name ?? path.split('/').slice(0, -1).slice(0, 2).join('/');
}
