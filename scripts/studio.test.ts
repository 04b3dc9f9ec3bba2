import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { requiredEnv } from '#platform/env.ts';
import { ProjectCopy } from '../test/project-copy.ts';

/** Stands in for rover: keeps what it is asked, and fails for one subgraph. */
const ROVER = `#!/bin/sh
echo "$@" >> "$(dirname "$0")/asked"
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
    return { code: 0, said: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Error & { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

const asked = () => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');

test('publishing sends the schema and the address of each subgraph that is named', async () => {
  expect(await studio(['publish', 'books', 'members', '--graph', 'library@dev'])).toMatchObject({ code: 0 });
  expect(asked()).toEqual(
    ['books', 'members'].map(
      (name) =>
        `subgraph publish library@dev --name ${name} --schema ./subgraphs/${name}/schema.graphql --routing-url lambda://${name}`,
    ),
  );
});

test('a check that fails ends with an error that names the subgraph', async () => {
  const { code, said } = await studio(['check'], { APOLLO_KEY: 'x', APOLLO_GRAPH_REF: 'library@prod' });
  expect(code).toBe(1);
  expect(said).toContain('rover could not check the subgraph "loans"');
  expect(asked()[0]).toBe('subgraph check library@prod --name books --schema ./subgraphs/books/schema.graphql');
});

test.each([
  [['publish', 'nothing', '--graph', 'a@b'], { APOLLO_KEY: 'x' }, 'There is no subgraph "nothing"'],
  [['publish'], { APOLLO_KEY: 'x' }, 'Say which graph'],
  [['publish', '--graph', 'a@b'], {}, 'APOLLO_KEY'],
])('what is missing is said: %j', async (args, env, complaint) => {
  const { code, said } = await studio(args, env as Record<string, string>);
  expect(code).toBe(1);
  expect(said).toContain(complaint);
});

test('the configuration for rover names every subgraph', async () => {
  expect((await studio(['config'], {})).code).toBe(0);
  const config = project.read('supergraph.yaml');
  for (const name of ['books', 'loans', 'members', 'popularity'])
    expect(config).toContain(
      `  ${name}:\n    routing_url: lambda://${name}\n    schema:\n      file: ./subgraphs/${name}/schema.graphql\n`,
    );
});
