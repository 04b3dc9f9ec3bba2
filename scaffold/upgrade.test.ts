import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mergeSystem } from './upgrade.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'upgrade-test-'));
  git('init', '--quiet', '--initial-branch', 'system');
  git('config', 'user.name', 'Somebody');
  git('config', 'user.email', 'somebody@example.com');
  commit('The system', {
    'package.json': json({ name: 'sample-graph', version: '1.0.0', dependencies: { a: '1.0.0', b: '1.0.0' } }),
    'cdk.json': json({ context: { graph: 'sample', stage: 'dev' } }),
    'README.md': '# Sample graph\n\nOne.\n',
    'gateway/server.ts': 'one\n',
    'sample/seed.ts': 'one\n',
    'subgraphs/orders/subgraph.config.ts': 'export default {\n  sample: true,\n};\n',
    'subgraphs/orders/schema.graphql': 'one\n',
  });
  git('checkout', '--quiet', '-b', 'acme');
});
afterEach(() => rmSync(folder, { recursive: true }));

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** Writes and commits files; null deletes a file or folder. */
function commit(message: string, files: Record<string, string | null>): void {
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, file);
    if (text === null) {
      rmSync(path, { recursive: true });
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  git('add', '--all');
  git('commit', '--quiet', '-m', message);
}

/** Simulates the file changes of `npm run adopt`. */
function adopt(): void {
  commit('Adopt', {
    sample: null,
    'subgraphs/orders': null,
    'package.json': json({ name: 'acme-graph', version: '1.0.0', dependencies: { a: '1.0.0' } }),
    'cdk.json': json({ context: { graph: 'acme', stage: 'dev' } }),
    'README.md': '# Acme graph\n\nOne.\n',
  });
}

function onSystem(message: string, files: Record<string, string | null>): void {
  git('checkout', '--quiet', 'system');
  commit(message, files);
  git('checkout', '--quiet', 'acme');
}

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const readJson = (file: string) => JSON.parse(read(file));

test('an upgrade merges system changes, skips sample changes and has no conflicts', () => {
  adopt();
  onSystem('Improve', {
    'gateway/server.ts': 'two\n',
    'sample/seed.ts': 'two\n',
    'sample/new.ts': 'new\n',
    'subgraphs/orders/schema.graphql': 'two\n',
    'subgraphs/orders/new.ts': 'new\n',
    'subgraphs/refunds/subgraph.config.ts': 'export default {\n  sample: true,\n};\n',
    'package.json': json({ name: 'sample-graph', version: '1.1.0', dependencies: { a: '1.0.1', b: '1.0.0' } }),
    'cdk.json': json({ context: { graph: 'sample', stage: 'dev', more: true } }),
    'README.md': '# Sample graph\n\nOne.\nTwo.\n',
  });
  expect(mergeSystem('system', folder).conflicts).toEqual([]);
  expect(git('status', '--porcelain')).toBe('');
  expect(read('gateway/server.ts')).toBe('two\n');
  expect(existsSync(join(folder, 'sample'))).toBe(false);
  expect(existsSync(join(folder, 'subgraphs'))).toBe(false);
  expect(readJson('package.json')).toEqual({ name: 'acme-graph', version: '1.1.0', dependencies: { a: '1.0.1' } });
  expect(readJson('cdk.json')).toEqual({ context: { graph: 'acme', stage: 'dev', more: true } });
  expect(read('README.md')).toContain('# Acme graph');
});

test("an adopter's service with the name of a sample service is not touched", () => {
  adopt();
  commit('Own orders', {
    'subgraphs/orders/subgraph.config.ts': 'export default {};\n',
    'subgraphs/orders/schema.graphql': 'own\n',
  });
  onSystem('Improve', { 'subgraphs/orders/schema.graphql': 'two\n', 'gateway/server.ts': 'two\n' });
  expect(mergeSystem('system', folder).conflicts).toEqual([]);
  expect(read('subgraphs/orders/schema.graphql')).toBe('own\n');
  expect(read('gateway/server.ts')).toBe('two\n');
});

test('a second upgrade merges the commits since the first', () => {
  adopt();
  for (const text of ['two\n', 'three\n']) {
    onSystem('Improve', { 'gateway/server.ts': text, 'sample/seed.ts': text });
    expect(mergeSystem('system', folder).conflicts).toEqual([]);
    expect(read('gateway/server.ts')).toBe(text);
  }
  const before = git('rev-parse', 'HEAD');
  mergeSystem('system', folder);
  expect(git('rev-parse', 'HEAD')).toBe(before);
});

test("files changed on both sides conflict, except the README, where the adopter's version wins", () => {
  adopt();
  commit('Change', { 'gateway/server.ts': 'own\n', 'README.md': '# Acme graph\n\nOwn.\n' });
  onSystem('Improve', { 'gateway/server.ts': 'two\n', 'README.md': '# Sample graph\n\nTwo.\n' });
  expect(mergeSystem('system', folder).conflicts).toEqual(['gateway/server.ts']);
  expect(read('README.md')).toBe('# Acme graph\n\nOwn.\n');
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
});

test('rejects a commit without common history, and an unknown one', () => {
  git('checkout', '--quiet', '--orphan', 'elsewhere');
  git('commit', '--quiet', '-m', 'Elsewhere');
  git('checkout', '--quiet', 'acme');
  expect(() => mergeSystem('elsewhere', folder)).toThrow(/no history in common/);
  expect(() => mergeSystem('nowhere', folder)).toThrow(/nowhere/);
});
