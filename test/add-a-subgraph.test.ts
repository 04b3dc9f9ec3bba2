import { statSync } from 'node:fs';
import { ProjectCopy } from './project-copy.ts';

/** Steps of "Add a subgraph" in the README, in a copy of the project. */

const SETTINGS = 'infra/settings.ts';

let project: ProjectCopy;
beforeAll(async () => {
  project = await ProjectCopy.make({ seeded: true });
}, 120_000);
afterAll(() => project?.close());

test('a subgraph is added, changed, tested, checked and removed while the system runs, and no other file changes', async () => {
  const before = project.files();
  project.start();
  await project.until(() => project.ask('{ genres { id } }').then(({ data }) => Boolean(data)), true);

  const gatewayCode = () => statSync(project.path('dist/gateway/main.cjs')).mtimeMs;
  const builtAt = gatewayCode();

  // 1. Write it.
  // The system synthesizes its assembly meanwhile, so the next build has all files of the service at once.
  project.change(SETTINGS, '\n\n', '\n\n\n');
  const args = ['wishlists', '--entity', 'Wish', '--extends', 'Book', '--consumes', 'BookOffered'];
  expect(await project.npm('run', 'new', '--', ...args)).toContain(
    'owns Wish, adds wishes to Book, counts BookOffered',
  );
  project.change(SETTINGS, '\n\n\n', '\n\n');

  // 2. Query it: the running system has it, and until then its schema lacks it.
  const empty = { data: { wishes: { edges: [] }, wishBookOfferedCount: 0 } };
  const codes = new Set<string | undefined>();
  const query = async () => {
    const answer = await project.ask('{ wishes { edges { node { id } } } wishBookOfferedCount(day: "2026-05-01") }');
    for (const { extensions } of answer.errors ?? []) codes.add(extensions?.code);
    return answer;
  };
  await Promise.all([project.npm('run', 'generated'), project.until(query, empty)]);
  codes.delete('GRAPHQL_VALIDATION_FAILED');
  expect(codes).toEqual(new Set());

  // It receives earlier events by a replay.
  await project.npm('run', 'replay', '--', 'wishlists', '--keep', '--port', String(project.port));
  const today = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
  const counted = () => project.ask(`{ wishBookOfferedCount(day: "${today}") }`);
  await project.until(async () => /Count":[1-9]/.test(JSON.stringify(await counted())), true);

  // 3. Change it.
  project.change(
    'subgraphs/wishlists/schema.graphql',
    '  createdAt: DateTime!',
    '  createdAt: DateTime!\n  "Priority of the wish."\n  weight: Int',
  );
  project.change(
    'subgraphs/wishlists/resolvers/wish.ts',
    'Wish: WishResolvers = {',
    'Wish: WishResolvers = {\n  weight: ({ name }) => name.length,',
  );
  await project.npm('run', 'codegen');
  const CREATE = 'mutation { createWish(input: { name: "Sea", bookId: "1" }) { ... on Wish { name weight } } }';
  const token = await project.npm(
    'run',
    '--silent',
    'token',
    '--',
    '--as',
    'ada@example.com',
    '--port',
    String(project.port),
  );
  await project.until(() => project.ask(CREATE, token.trim()), { data: { createWish: { name: 'Sea', weight: 3 } } });

  // 4. Test it, without the build of `npm test`: the running system is built.
  expect(await project.npm('exec', '--', 'jest', 'subgraphs/wishlists')).toMatch(/\d+ passed, 0 failed/);

  // 5. Check its schema before deployment.
  expect(await project.npm('run', 'schema:check')).toContain('✓ may be deployed (0 errors, 0 warnings)');

  await project.npm('run', 'remove', '--', 'wishlists', '--yes');
  const code = () => project.ask('{ wishes { edges { cursor } } }').then(({ errors }) => errors?.[0]?.extensions.code);
  await project.until(code, 'GRAPHQL_VALIDATION_FAILED');
  // The gateway reads the supergraph: another one is no reason to bundle its code again.
  expect(project.output).toMatch(/Rebuilt .*gateway/);
  expect(gatewayCode()).toBe(builtAt);
  expect(project.files()).toEqual(before);
}, 300_000);
