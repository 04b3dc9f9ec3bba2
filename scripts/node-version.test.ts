import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build/discover.ts';
import { refusal } from './node-version.cjs';

test.each([
  ['18.20.8', 'linux', 'x64', 'this is Node 18.20.8: run "npm ci", which brings it, and start scripts by npm.'],
  ['22.11.0', 'win32', 'x64', 'this is Node 22.11.0: run "npm ci", which brings it, and start scripts by npm.'],
  ['20.1.0', 'darwin', 'arm64', 'this is Node 20.1.0: install it from https://nodejs.org, then run "npm ci" again.'],
  ['22.0.0', 'win32', 'arm64', 'install it from https://nodejs.org'],
])('Node %s on %s %s is refused in one line', (version, platform, arch, words) => {
  const said = refusal(version, platform, arch) ?? '';
  expect(said).toContain(words);
  expect(said).toContain('This project needs Node 24 or later');
  expect(said).not.toContain('\n');
});

test.each(['24.0.0', '24.21.0', '26.1.0'])('Node %s runs the scripts', (version) => {
  expect(refusal(version, 'darwin', 'arm64')).toBeUndefined();
});

test('each npm script that runs Node loads the check before all else', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const commands = Object.values(scripts).flatMap((script) => script.split(' && '));
  const running = commands.filter((command) => command.startsWith('node '));
  expect(running.length).toBeGreaterThan(20);
  for (const command of running) expect(command).toMatch(/^node (--require )?\.\/scripts\/node-version\.cjs\b/);
});

test('it is written in JavaScript that any Node reads', () => {
  const source = readFileSync(join(ROOT, 'scripts/node-version.cjs'), 'utf8');
  expect(source).not.toMatch(/=>|`|\?\?|\?\.|\b(const|let|class|async)\b/);
});
