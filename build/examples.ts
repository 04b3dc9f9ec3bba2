import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiSchema } from './api-schema.ts';
import { supergraphFile } from './compose.ts';
import { graphPath, ROOT } from './discover.ts';
import { type Example, madeUpExamples } from './made-up-examples.ts';

const DAY_MS = 86_400_000;

/**
 * The example queries, a file each in the graph folder's `examples/`. A file's first comment is its title; a comment
 * `# as: EMAIL` names the user whom the explorer signs in as; "+30 days" is a day from today. For a graph without examples
 * they are made of its schema.
 */
export function examples(root = ROOT, today = new Date()): Example[] {
  const folder = join(root, graphPath('examples', root));
  if (!existsSync(folder)) return madeUpExamples(apiSchema(readFileSync(supergraphFile(root), 'utf8')));
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .map((query) => ({ title: /^# (.+)/.exec(query)?.[1] ?? 'Example', query: withDays(query, today) }));
}

/** Examples ask for days to come: one that is written down would soon have passed. */
function withDays(query: string, today: Date): string {
  return query.replaceAll(/"\+(\d+) days"/g, (_, days) => {
    const day = new Date(today.getTime() + Number(days) * DAY_MS);
    return JSON.stringify(day.toISOString().slice(0, 10));
  });
}
