import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeployedCode } from './deployed-code.ts';

let directory: string;
let asset: string;
let code: DeployedCode;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'code-'));
  asset = join(directory, 'dist/products');
  mkdirSync(join(asset, 'parts'), { recursive: true });
  write('one');
  code = new DeployedCode(join(directory, 'code'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(text: string): void {
  writeFileSync(join(asset, 'index.cjs'), text);
  writeFileSync(join(asset, 'parts/part.cjs'), text);
}
const read = (copy: string) => ['index.cjs', 'parts/part.cjs'].map((file) => readFileSync(join(copy, file), 'utf8'));

test('a build changes no copy, and its output is copied only after invalidation', () => {
  const copy = code.copyOf(asset);
  writeFileSync(join(asset, 'index.cjs'), 'half of t');
  expect(code.copyOf(asset)).toBe(copy);
  expect(read(copy)).toEqual(['one', 'one']);
  write('two');
  code.invalidate('products');
  expect(read(code.copyOf(asset))).toEqual(['two', 'two']);
  expect(read(copy)).toEqual(['one', 'one']);
});

test('a copy is deleted when it is neither current nor in use', () => {
  const first = code.copyOf(asset);
  code.invalidate('products');
  const second = code.copyOf(asset);
  code.sweep(new Set([first]));
  expect([first, second].map(existsSync)).toEqual([true, true]);
  code.sweep(new Set());
  expect([first, second].map(existsSync)).toEqual([false, true]);
});

test('the copies of an earlier run are deleted', () => {
  const copy = code.copyOf(asset);
  new DeployedCode(join(directory, 'code'));
  expect(existsSync(copy)).toBe(false);
});
