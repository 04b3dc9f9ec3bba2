import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { graphName, ROOT } from '../build/discover.ts';
import { uncommitted } from '../build/git.ts';
import { type Adoption, adopt, planAdoption } from '../scaffold/adoption.ts';
import { fail } from './command-line/arguments.ts';
import { confirmed } from './command-line/confirm.ts';

const HELP = `Usage: npm run adopt -- --name NAME [--yes]

Deletes the sample and renames the graph; services you have added stay. Shows the changes and asks for confirmation first.
Without a terminal and without --yes, only shows them. Next steps: docs/adopting.md.

  --name NAME  your graph's name, such as acme: the prefix of all deployed resource names
  --yes        skip the confirmation
  --help       show this
`;

try {
  const { values } = parseArgs({
    options: {
      name: { type: 'string' },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else if (values.name === undefined) throw new Error(`Name your graph.\n\n${HELP}`);
  else await run(await planAdoption(values.name), values.yes);
} catch (error) {
  fail(error);
}

async function run(adoption: Adoption, isSure: boolean): Promise<void> {
  process.stdout.write(describe(adoption));
  refuseUnlessCommitted();
  if (!(isSure || (await confirmed(`Adopt as ${adoption.name}?`)))) {
    process.stdout.write('\nNothing was changed. Pass --yes to apply.\n');
    return;
  }
  adopt(adoption);
  uninstall(adoption.packages);
  process.stdout.write(next(adoption));
}

function describe({ name, deleted, kept, renames, packages }: Adoption): string {
  const sections: [string, string[]][] = [
    ['Delete', deleted.map(({ folder, files }) => `${folder}/  ${files} files`)],
    ['Keep', kept],
    ['Rename', renames.map(({ file, from, to }) => `${file}  ${from} → ${to}`)],
    ['Uninstall (only the sample uses them)', packages],
    ['Create', ['graph/  parts of your graph outside its services']],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  const texts = shown.map(([title, lines]) => [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n'));
  return `From ${graphName()} to ${name}\n\n${texts.join('\n\n')}\n`;
}

/** Requires a clean worktree, so that git can undo the adoption. */
function refuseUnlessCommitted(): void {
  const files = uncommitted();
  if (!files) throw new Error('\nThis is not a git repository: run "git init" and commit everything first.');
  if (files.length === 0) return;
  const shown = files.slice(0, 5).map((file) => `  ${file}`);
  throw new Error(`\nCommit your changes first, so that git can undo the adoption:\n${shown.join('\n')}`);
}

/** Removes packages from package.json and its lock, but not from node_modules. */
function uninstall(packages: string[]): void {
  if (packages.length === 0) return;
  const args = ['uninstall', '--package-lock-only', '--offline', ...packages];
  const { status, stderr } = spawnSync('npm', args, {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    process.stdout.write(
      `\nnpm could not remove unused packages. Run "npm uninstall ${packages.join(' ')}".\n${stderr}`,
    );
}

function next({ name, kept }: Adoption): string {
  return `
The graph is ${name}. Next:
  git add -A && git commit -m "Adopt the system as ${name}"
${kept.length === 0 ? '  npm run new -- products --entity Product    create your first service\n' : ''}  npm start                                   run the system
  npm run upgrade -- upstream/main            merge later versions of the system: docs/adopting.md
`;
}
