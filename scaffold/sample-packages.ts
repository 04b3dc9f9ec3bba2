import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = '**/*.{ts,tsx,cjs,mjs,json,yml}';
const NOT_SOURCES = [
  '{node_modules,dist,cdk.out,coverage,.data,.git}/**',
  'package.json',
  'package-lock.json',
  'bench/peers/**',
];
const IMPORTED = /(?:from|import|require)\s*\(?\s*'((?:@[\w.-]+\/)?[\w.-]+)[^']*'/g;

/** Returns the packages that files in these folders import and no other file of the project mentions. */
export function packagesOf(folders: string[], packages: string[], root: string): string[] {
  const files = globSync(SOURCES, { cwd: root, exclude: NOT_SOURCES });
  const isWithin = (file: string) => folders.some((folder) => file.startsWith(`${folder}/`));
  const texts = (within: boolean) =>
    files.filter((file) => isWithin(file) === within).map((file) => readFileSync(join(root, file), 'utf8'));
  const imported = new Set(texts(true).flatMap((text) => [...text.matchAll(IMPORTED)].map(([, name]) => name)));
  const others = texts(false);
  return packages.filter((name) => imported.has(name) && !others.some((text) => text.includes(name)));
}
