import { parseArgs } from 'node:util';
import { uncommitted } from '../build/git.ts';
import { hasSample } from '../build/sample.ts';
import { mergeSystem } from '../scaffold/upgrade.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run upgrade -- REF

Merges a later commit of the system, such as upstream/main, into this adopted tree and commits it. Skips changes of the
sample. Details: docs/adopting.md.

  --help   show this
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false } },
  });
  const [ref, ...others] = positionals;
  if (values.help) process.stdout.write(HELP);
  else if (!ref || others.length > 0) throw new Error(`Name one commit of the system.\n\n${HELP}`);
  else upgrade(ref);
} catch (error) {
  fail(error);
}

function upgrade(ref: string): void {
  if (hasSample()) throw new Error('This tree still has the sample: use "git merge", or run "npm run adopt" first.');
  const files = uncommitted();
  if (files?.length !== 0) throw new Error('Commit your changes first: "git status" lists them.');
  const { commit, conflicts } = mergeSystem(ref);
  if (conflicts.length > 0) {
    const list = conflicts.map((file) => `  ${file}`).join('\n');
    throw new Error(
      `${commit} conflicts in these files. Resolve them and run "git commit", or run "git merge --abort":\n${list}`,
    );
  }
  process.stdout.write(`${commit} is merged. Next:\n  npm ci && npm run compose && npm run codegen\n  npm run check\n`);
}
