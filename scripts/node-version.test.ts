import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../build/discover.ts';
import { refusal } from './node-version.cjs';

test.each([
  ['18.20.8', 'linux', 'x64', 'this is Node 18.20.8: run "npm ci", which installs it, and start scripts through npm.'],
  ['22.11.0', 'win32', 'x64', 'this is Node 22.11.0: run "npm ci", which installs it, and start scripts through npm.'],
  ['20.1.0', 'darwin', 'arm64', 'this is Node 20.1.0: install it from https://nodejs.org, then run "npm ci" again.'],
  ['22.0.0', 'win32', 'arm64', 'install it from https://nodejs.org'],
])('rejects Node %s on %s %s with a one-line message', (version, platform, arch, advice) => {
  const message = refusal(version, platform, arch) ?? '';
  expect(message).toContain(advice);
  expect(message).toContain('This project needs Node 24 or later');
  expect(message).not.toContain('\n');
});

test.each(['24.0.0', '24.21.0', '26.1.0'])('accepts Node %s', (version) => {
  expect(refusal(version, 'darwin', 'arm64')).toBeUndefined();
});

test('each npm script that runs Node loads the version check first', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const commands = Object.values(scripts).flatMap((script) => script.split(' && '));
  const running = commands.filter((command) => command.startsWith('node '));
  expect(running.length).toBeGreaterThan(20);
  for (const command of running) expect(command).toMatch(/^node (--require )?\.\/scripts\/node-version\.cjs\b/);
});

test('the version check uses no syntax newer than ES5', () => {
  const source = readFileSync(join(ROOT, 'scripts/node-version.cjs'), 'utf8');
  expect(source).not.toMatch(/=>|`|\?\?|\?\.|\b(const|let|class|async)\b/);
});

test('scripts keep what they compiled, for the next ones and for the commands that they run', () => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'compiled-'));
  cpSync(join(ROOT, 'scripts/node-version.cjs'), join(folder, 'scripts/node-version.cjs'), { recursive: true });
  writeFileSync(join(folder, 'script.mjs'), 'process.stdout.write(process.env.NODE_COMPILE_CACHE);');
  const args = ['--require', './scripts/node-version.cjs', 'script.mjs'];
  const cache = join(folder, 'node_modules/.cache/compiled');
  expect(execFileSync(process.execPath, args, { cwd: folder, env: {}, encoding: 'utf8' })).toBe(cache);
  const [ofThisNode = ''] = readdirSync(cache);
  expect(readdirSync(join(cache, ofThisNode))).not.toEqual([]);
  rmSync(folder, { recursive: true });
});
