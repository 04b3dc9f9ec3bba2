import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../build/discover.ts';
import { ProjectCopy } from '../test/project-copy.ts';

const directory = mkdtempSync(join(tmpdir(), 'schema-check-'));
let project: ProjectCopy;
beforeAll(async () => {
  project = await ProjectCopy.make();
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  return project.close();
});

/** Runs the check in the copy. */
function run(...args: string[]) {
  const script = project.path('scripts/schema-check.ts');
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/node'), [script, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const SUPERGRAPH = 'graph/supergraph.graphql';

/** Writes a deployed supergraph with an additional field; returns its path. */
function deployedWithAdditionalField(): string {
  const file = join(directory, 'deployed.graphql');
  const sdl = project.read(SUPERGRAPH);
  const extended = sdl.replace(/\ntype Genre\n(.*\n)*?\{\n/, (head) => `${head}  colour: String\n`);
  expect(extended).not.toBe(sdl);
  writeFileSync(file, extended);
  return file;
}

test('valid schemas may be deployed', () => {
  const { status, stdout } = run('--deployed', project.path(SUPERGRAPH));
  expect(stdout).toContain('✓ may be deployed (0 errors, 0 warnings)');
  expect(stdout).not.toContain('\u001b');
  expect(status).toBe(0);
});

test('reports changes since the deployed supergraph as JSON', () => {
  const { status, stdout } = run('--deployed', deployedWithAdditionalField(), '--json');
  const report = JSON.parse(stdout);
  expect(report.changes).toMatchObject([{ risk: 'breaking', path: 'Genre.colour' }]);
  expect(report.order.steps.map(({ deploy }: { deploy: string }) => deploy)).toEqual(['gateway', 'books']);
  expect(status).toBe(0);
});

test.each([
  [['--base', 'no-such-ref'], /^There is no commit "no-such-ref" in this repository/],
  [['--deployed', 'nowhere.graphql'], /^There is no file nowhere\.graphql/],
])('rejects %j with the reason and without a stack', (args, message) => {
  const { status, stderr } = run(...args);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('    at ');
});
