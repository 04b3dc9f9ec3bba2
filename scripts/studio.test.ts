import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { requiredEnv } from '#platform/env.ts';
import { ProjectCopy } from '../test/project-copy.ts';

/** Fake rover: records its arguments, and fails for one subgraph. */
const ROVER = `#!/bin/sh
echo "$@" >> "$(dirname "$0")/calls"
case "$*" in *loans*) echo "loans breaks a client" >&2; exit 1;; esac
`;

let project: ProjectCopy;
beforeAll(async () => {
  project = await ProjectCopy.make();
});
afterAll(() => project.close());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rover-'));
  writeFileSync(join(folder, 'rover'), ROVER);
  chmodSync(join(folder, 'rover'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function studio(args: string[], env: Record<string, string> = { APOLLO_KEY: 'service:x:y' }) {
  const path = [folder, requiredEnv('PATH')].join(delimiter);
  const options = { cwd: project.path(), env: { PATH: path, ...env } };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [project.path('scripts/studio.ts'), ...args],
      options,
    );
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Error & { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

test('publish sends the schema and routing URL of each named subgraph', async () => {
  expect(await studio(['publish', 'books', 'members', '--graph', 'library@dev'])).toMatchObject({ code: 0 });
  expect(calls()).toEqual(
    ['books', 'members'].map(
      (name) =>
        `subgraph publish library@dev --name ${name} --schema ./subgraphs/${name}/schema.graphql --routing-url lambda://${name}`,
    ),
  );
});

test('a failed check names the subgraph', async () => {
  const { code, output } = await studio(['check'], { APOLLO_KEY: 'x', APOLLO_GRAPH_REF: 'library@prod' });
  expect(code).toBe(1);
  expect(output).toContain('rover could not check the subgraph "loans"');
  expect(calls()[0]).toBe('subgraph check library@prod --name books --schema ./subgraphs/books/schema.graphql');
});

test.each([
  [['publish', 'nothing', '--graph', 'a@b'], { APOLLO_KEY: 'x' }, 'There is no subgraph "nothing"'],
  [['publish'], { APOLLO_KEY: 'x' }, 'Name the graph'],
  [['publish', '--graph', 'a@b'], {}, 'APOLLO_KEY'],
])('names a missing option: %j', async (args, env, message) => {
  const { code, output } = await studio(args, env as Record<string, string>);
  expect(code).toBe(1);
  expect(output).toContain(message);
});

test("rover's configuration lists all subgraphs", async () => {
  expect((await studio(['config'], {})).code).toBe(0);
  const config = project.read('supergraph.yaml');
  for (const name of ['books', 'loans', 'members', 'popularity'])
    expect(config).toContain(
      `  ${name}:\n    routing_url: lambda://${name}\n    schema:\n      file: ./subgraphs/${name}/schema.graphql\n`,
    );
});
