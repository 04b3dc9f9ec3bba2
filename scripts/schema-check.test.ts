import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { supergraphFile } from '../build/compose.ts';
import { ROOT } from '../build/discover.ts';

const directory = mkdtempSync(join(tmpdir(), 'schema-check-'));
afterAll(() => rmSync(directory, { recursive: true }));

function run(...args: string[]) {
  const script = join(ROOT, 'scripts', 'schema-check.ts');
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/node'), [script, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** A deployed supergraph that has one field more than the schemas here. */
function deployedWithMore(): string {
  const file = join(directory, 'deployed.graphql');
  const sdl = readFileSync(supergraphFile(), 'utf8');
  const more = sdl.replace(/\ntype Amenity\n(.*\n)*?\{\n/, (head) => `${head}  colour: String\n`);
  expect(more).not.toBe(sdl);
  writeFileSync(file, more);
  return file;
}

test('the schemas of this project may be deployed', () => {
  const { status, stdout } = run('--deployed', supergraphFile());
  expect(stdout).toContain('✓ may be deployed (0 errors, 0 warnings)');
  expect(stdout).not.toContain('\u001b');
  expect(status).toBe(0);
});

test('a change since the deployed supergraph is told, as JSON too', () => {
  const { status, stdout } = run('--deployed', deployedWithMore(), '--json');
  const report = JSON.parse(stdout);
  expect(report.changes).toMatchObject([{ risk: 'breaking', path: 'Amenity.colour' }]);
  expect(report.order.steps.map(({ deploy }: { deploy: string }) => deploy)).toEqual(['gateway', 'listings']);
  expect(status).toBe(0);
});

test.each([
  [['--base', 'no-such-ref'], /^There is no commit "no-such-ref" in this repository/],
  [['--deployed', 'nowhere.graphql'], /^There is no file nowhere\.graphql/],
])('%j is refused, with the reason and without a stack', (args, message) => {
  const { status, stderr } = run(...args);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('    at ');
});
