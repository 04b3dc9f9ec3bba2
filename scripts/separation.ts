import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import { graphName, ROOT } from '../build/discover.ts';
import { hasSample, SAMPLE, sampleServices } from '../build/sample.ts';
import { domainWords, wordsIn } from '../build/separation/domain-words.ts';
import { fail } from './command-line/arguments.ts';

/** Checks that no system file has a word of the sample's domain. dependency-cruiser checks the imports. */

/** Files that describe the sample, have its name until adoption, or are third-party. */
const EXCLUDED = [
  `${SAMPLE}/**`,
  'subgraphs/**',
  'README.md',
  'CHANGELOG.md',
  // Decisions use the sample as example.
  'docs/decisions/**',
  // Names of third-party actions.
  '.github/**',
  'cdk.json',
  'package.json',
  'package-lock.json',
  '{node_modules,dist,cdk.out,coverage,.data,.git}/**',
  'bench/peers/**',
];
/** Names of AWS's with a word that may be the sample's too. */
const OTHERS_NAMES = /REVIEW_IN_PROGRESS/g;
const FILES = '{*,.*,**/*,.github/**/*}.{ts,tsx,cjs,mjs,json,graphql,html,css,md,yml}';

try {
  const words = hasSample() ? await sampleWords() : new Set<string>();
  const found = systemFiles().flatMap((file) => placesOf(words, file));
  if (found.length > 0) throw new Error(`Words of the sample in the system:\n${found.join('\n')}`);
} catch (error) {
  fail(error);
}

async function sampleWords(): Promise<Set<string>> {
  const services = await sampleServices();
  return domainWords(
    graphName(),
    services.map(({ name, path }) => ({ name, document: parse(readFileSync(join(path, 'schema.graphql'), 'utf8')) })),
  );
}

function systemFiles(): string[] {
  return globSync(FILES, { cwd: ROOT, exclude: [...EXCLUDED] }).sort();
}

function placesOf(words: Set<string>, file: string): string[] {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
  return lines.flatMap((line, i) => {
    const found = [...new Set(wordsIn(line.replaceAll(OTHERS_NAMES, '')).filter((word) => words.has(word)))];
    return found.length > 0 ? [`${file}:${i + 1}  ${found.join(', ')}`] : [];
  });
}
