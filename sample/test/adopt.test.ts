import { rmSync, writeFileSync } from 'node:fs';
import { ProjectCopy } from '../../test/project-copy.ts';

/** Runs the steps of docs/adopting.md in a copy of the project, like a fresh clone. */

let project: ProjectCopy;
beforeAll(async () => {
  project = await ProjectCopy.make({ graph: 'own', seeded: true });
  await project.git('init', '--quiet', '--initial-branch', 'main');
  await project.git('config', 'user.name', 'Test User');
  await project.git('config', 'user.email', 'test@example.com');
  await commit('The system');
  await project.git('branch', 'upstream');
}, 120_000);
afterAll(() => project?.close());

async function commit(message: string): Promise<void> {
  await project.git('add', '--all');
  await project.git('commit', '--quiet', '-m', message);
}

interface Example {
  title: string;
  query: string;
}

async function examples(): Promise<Example[]> {
  return (await (await fetch(`http://127.0.0.1:${project.port}/explorer/examples.json`)).json()) as Example[];
}

test('a clone can be adopted, run, extended, checked and upgraded', async () => {
  const shown = await project.npm('run', 'adopt', '--', '--name', 'acme');
  expect(shown).toMatch(/Delete:\n {2}sample\/ .*\n {2}subgraphs\/accounts\/ /);
  expect(shown).toContain('Nothing was changed. Pass --yes to apply.');
  writeFileSync(project.path('notes.txt'), '');
  const refused = await project.tryNpm('run', 'adopt', '--', '--name', 'acme', '--yes');
  expect(refused).toMatchObject({
    code: 1,
    output: expect.stringMatching(/Commit your changes first.*notes\.txt/s),
  });
  rmSync(project.path('notes.txt'));
  expect(project.has('sample')).toBe(true);

  expect(await project.npm('run', 'adopt', '--', '--name', 'acme', '--yes')).toContain('The graph is acme. Next:');
  expect(['sample', 'subgraphs/accounts', 'graph'].map((path) => project.has(path))).toEqual([false, false, true]);
  await commit('Adopt');

  // Without a service, the start waits for the first one.
  project.start();
  await project.until(
    () => project.output.includes('There is no service yet: create one with "npm run new -- products'),
    true,
  );
  await project.npm('run', 'new', '--', 'products', '--entity', 'Product');
  await project.until(() => project.output.includes('Ready  '), true);
  expect(project.output).toMatch(/function +acme-dev-products /);
  expect(project.output).not.toContain('web client');
  await project.npm('run', 'new', '--', 'stock', '--extends', 'Product');
  const BOTH = '{ products { edges { cursor } } stocks { edges { cursor } } }';
  await project.until(() => project.ask(BOTH), { data: { products: { edges: [] }, stocks: { edges: [] } } });

  // The explorer's tabs are generated from the schema and can be run.
  const tabs = await examples();
  expect(tabs.length).toBeGreaterThan(4);
  for (const { title, query } of tabs) {
    const code = (await project.ask(query)).errors?.[0]?.extensions.code;
    expect({ title, code }).toEqual({ title, code: query.includes('mutation') ? 'UNAUTHENTICATED' : undefined });
  }
  await project.interrupt();

  // The assembly has the stacks that were run.
  for (const stack of ['products', 'stock', 'gateway'])
    expect(project.has(`dist/assembly/acme-dev-${stack}.template.json`)).toBe(true);
  expect(await project.npm('exec', '--', 'jest', 'subgraphs/products', 'subgraphs/stock')).toMatch(
    /\d+ passed, 0 failed/,
  );
  await commit('Services');
  await project.npm('run', 'check:code');

  // The system and its sample change upstream.
  await project.git('checkout', '--quiet', 'upstream');
  project.change('gateway/README.md', '\n', '\n\nImproved.\n');
  project.change('package.json', '"version": "', '"version": "9.');
  project.change('sample/policies.ts', 'Belongs to', 'Is of');
  writeFileSync(project.path('sample/more.ts'), '');
  await commit('Improve');
  await project.git('checkout', '--quiet', 'main');
  expect(await project.npm('run', 'upgrade', '--', 'upstream')).toContain('is merged. Next:');
  expect(await project.git('status', '--porcelain')).toBe('');
  expect(project.has('sample')).toBe(false);
  expect(project.read('gateway/README.md')).toContain('Improved.');
  expect(project.read('package.json')).toMatch(/"name": "acme-graph",\n {2}"version": "9\./);
}, 300_000);
