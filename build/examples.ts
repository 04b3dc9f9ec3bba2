import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiSchema } from './api-schema.ts';
import { supergraphFile } from './compose.ts';
import { graphPath, ROOT } from './discover.ts';
import { type Example, generateExamples } from './generate-examples.ts';

const DAY_MS = 86_400_000;

/**
 * Reads the example queries, one file each, in the graph folder's `examples/`. A file's first comment is its title; a comment
 * `# as: EMAIL` names the user to sign in as; "+30 days" becomes a date relative to today. Without that folder, generates
 * examples from the schema.
 */
export function examples(root = ROOT, today = new Date()): Example[] {
  const folder = join(root, graphPath('examples', root));
  if (!existsSync(folder)) return generateExamples(apiSchema(readFileSync(supergraphFile(root), 'utf8')));
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .map((query) => ({ title: /^# (.+)/.exec(query)?.[1] ?? 'Example', query: resolveDates(query, today) }));
}

/** Replaces "+N days": examples need future dates, and fixed ones would expire. */
function resolveDates(query: string, today: Date): string {
  return query.replaceAll(/"\+(\d+) days"/g, (_, days) => {
    const day = new Date(today.getTime() + Number(days) * DAY_MS);
    return JSON.stringify(day.toISOString().slice(0, 10));
  });
}
