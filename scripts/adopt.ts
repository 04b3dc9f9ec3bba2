import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { graphName, ROOT } from '../build/discover.ts';
import { uncommitted } from '../build/git.ts';
import { type Adoption, adopt, planAdoption } from '../scaffold/adoption.ts';
import { fail } from './command-line/arguments.ts';
import { confirmed } from './command-line/confirm.ts';

const HELP = `Usage: npm run adopt -- --name NAME [--yes]

Makes the system yours: shows what of the sample goes and what gets your graph's name, then does it, after a yes or with --yes.
Services that you have added stay. Without a terminal and without --yes it only shows. docs/adopting.md says what comes then.

  --name NAME  your graph's name, such as acme: first part of the names of all that is deployed
  --yes        asks nothing
  --help       shows this
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
    process.stdout.write('\nNothing was changed. With --yes it is.\n');
    return;
  }
  adopt(adoption);
  leaveOut(adoption.packages);
  process.stdout.write(next(adoption));
}

function describe({ name, goes, stays, renames, packages }: Adoption): string {
  const sections: [string, string[]][] = [
    ['Goes', goes.map(({ folder, files }) => `${folder}/  ${files} files`)],
    ['Stays of subgraphs/', stays],
    ['Renamed', renames.map(({ file, from, to }) => `${file}  ${from} → ${to}`)],
    ['Leave package.json, as the sample alone uses them', packages],
    ['Made', ['graph/  for what belongs to your graph beyond its services']],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  const texts = shown.map(([title, lines]) => [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n'));
  return `From ${graphName()} to ${name}\n\n${texts.join('\n\n')}\n`;
}

/** What is committed can be had back. */
function refuseUnlessCommitted(): void {
  const files = uncommitted();
  if (!files) throw new Error('\nThis is no git repository: "git init", and commit all of it first.');
  if (files.length === 0) return;
  const shown = files.slice(0, 5).map((file) => `  ${file}`);
  throw new Error(`\nCommit what is not committed first, so that all of this can be taken back:\n${shown.join('\n')}`);
}

/** Takes packages out of the manifest and its lock; what is installed stays. */
function leaveOut(packages: string[]): void {
  if (packages.length === 0) return;
  const args = ['uninstall', '--package-lock-only', '--offline', ...packages];
  const { status, stderr } = spawnSync('npm', args, {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    process.stdout.write(
      `\nnpm could not take out ${packages.join(', ')}: "npm uninstall ${packages.join(' ')}".\n${stderr}`,
    );
}

function next({ name, stays }: Adoption): string {
  return `
The graph is ${name}. Next:
  git add -A && git commit -m "Adopt the system as ${name}"
${stays.length === 0 ? '  npm run new -- products --entity Product    your first service, whole\n' : ''}  npm start                                   runs it
  npm run upgrade -- upstream/main            takes over later improvements: docs/adopting.md
`;
}
