import { basename } from 'node:path';
import type { Metafile } from 'esbuild';
import { type Bundle, metafileOf } from './bundle.ts';

/** Size of a Lambda's bundle, in bytes of minified code. */
export interface BundleReport {
  name: string;
  /** Bytes loaded at cold start. */
  atStart: number;
  total: number;
  /** Sizes by package or project folder, largest first. */
  packages: PackageSize[];
  metafile: Metafile;
}

export interface PackageSize {
  name: string;
  bytes: number;
  /** The part loaded at cold start. */
  atStart: number;
}

/** Maximum bytes of each kind of Lambda. */
const BUDGETS: Record<string, { atStart: number; total: number }> = {
  gateway: { atStart: 96_000, total: 2_450_000 },
  'gateway-connections': { atStart: 330_000, total: 2_450_000 },
  'gateway-fan-out': { atStart: 240_000, total: 240_000 },
  'gateway-delivery': { atStart: 330_000, total: 2_450_000 },
  'usage-reporter': { atStart: 460_000, total: 460_000 },
  'schema-check': { atStart: 1_340_000, total: 1_340_000 },
  publisher: { atStart: 240_000, total: 240_000 },
  consumer: { atStart: 330_000, total: 330_000 },
  subgraph: { atStart: 570_000, total: 1_110_000 },
};

/** Returns the budget of a Lambda. */
export function budgetOf(name: string): { atStart: number; total: number } {
  const kind = name.endsWith('-consumer') ? 'consumer' : name;
  return BUDGETS[kind] ?? BUDGETS.subgraph ?? { atStart: 0, total: 0 };
}

/** Measures a bundle by package. */
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

/** `node_modules/@scope/name/file.js` → `@scope/name`; `gateway/engine/run.ts` → `gateway/engine`. */
function packageOf(path: string): string {
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return name ?? path.split('/').slice(0, -1).slice(0, 2).join('/');
}
