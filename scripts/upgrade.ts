import { parseArgs } from 'node:util';
import { uncommitted } from '../build/git.ts';
import { hasSample } from '../build/sample.ts';
import { mergeSystem } from '../scaffold/upgrade.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run upgrade -- REF

Merges a later commit of the system, such as upstream/main, into this adopted tree and commits it. The sample stays away, whatever the
system has changed in it. docs/adopting.md says more.

  --help   shows this
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
  if (hasSample())
    throw new Error('This tree has the sample: "git merge" does, until "npm run adopt" has taken it away.');
  const files = uncommitted();
  if (files?.length !== 0) throw new Error('Commit what is not committed first: "git status" shows it.');
  const { commit, conflicts } = mergeSystem(ref);
  if (conflicts.length > 0) {
    const list = conflicts.map((file) => `  ${file}`).join('\n');
    throw new Error(
      `${commit} is merged but for these files; merge them, then "git commit", or "git merge --abort":\n${list}`,
    );
  }
  process.stdout.write(`${commit} is merged. Next:\n  npm ci && npm run compose && npm run codegen\n  npm run check\n`);
}
