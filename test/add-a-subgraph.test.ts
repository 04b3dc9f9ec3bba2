import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { requiredEnv } from '#platform/env.ts';
import { ROOT } from '../build/discover.ts';

/** The steps of "Add a subgraph" in the README, in a copy of the project as a clone has it. */

/** Milliseconds; a machine may be busy with other things. */
const PATIENCE = 120_000;
const NOT_CLONED = new Set(['node_modules', 'dist', '.data', 'cdk.out', '.git']);

let clone: string;
let project: string;
let port: number;
let system: ChildProcess;
let said = '';

beforeAll(async () => {
  clone = mkdtempSync(join(realpathSync(tmpdir()), 'clone-'));
  project = join(clone, 'project');
  cpSync(ROOT, project, { recursive: true, filter: (path) => !NOT_CLONED.has(basename(path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  // Its data are of no matter here: the system need not be seeded.
  mkdirSync(join(project, '.data'));
  writeFileSync(join(project, '.data', 'seeded'), '');
  port = await freePort();
}, 120_000);

afterAll(async () => {
  if (system?.pid && system.exitCode === null) {
    process.kill(-system.pid, 'SIGINT');
    await once(system, 'exit');
  }
  rmSync(clone, { recursive: true, maxRetries: 50, retryDelay: 100 });
});

test('a subgraph is added, changed, tested, checked and taken away while the system runs, and nothing else changes', async () => {
  const before = read('gateway/supergraph.graphql');
  start();
  await until(() => ask('{ amenities { id } }').then(({ data }) => Boolean(data)), true);

  // 1. Write it.
  const args = ['wishlists', '--entity', 'Wish', '--extends', 'Listing', '--consumes', 'BookingConfirmed'];
  expect(await npm('run', 'new', '--', ...args)).toContain(
    'owns Wish, adds wishes to Listing, counts BookingConfirmed',
  );

  // 2. Ask it: the running system has it.
  const nothing = { data: { wishes: { edges: [] }, wishBookingConfirmedCount: 0 } };
  await until(() => ask('{ wishes { edges { node { id } } } wishBookingConfirmedCount(day: "2026-05-01") }'), nothing);

  // 3. Change it.
  change(
    'schema.graphql',
    '  createdAt: DateTime!',
    '  createdAt: DateTime!\n  "How much it is wished for."\n  weight: Int',
  );
  change(
    'resolvers/wish.ts',
    'Wish: WishResolvers = {',
    'Wish: WishResolvers = {\n  weight: ({ name }) => name.length,',
  );
  await npm('run', 'codegen');
  const CREATE = 'mutation { createWish(input: { name: "Sea", listingId: "1" }) { ... on Wish { name weight } } }';
  const token = await npm('run', '--silent', 'token', '--', '--as', 'ada@example.com', '--port', String(port));
  await until(() => ask(CREATE, token.trim()), { data: { createWish: { name: 'Sea', weight: 3 } } });

  // 4. Test it. `npm test` builds first; here the running system has.
  expect(await npm('exec', '--', 'jest', 'subgraphs/wishlists')).toMatch(/\d+ passed, 0 failed/);

  // 5. Check it, before it is deployed.
  expect(await npm('run', 'schema:check')).toContain('✓ may be deployed (0 errors, 0 warnings)');

  await npm('run', 'remove', '--', 'wishlists', '--yes');
  const code = () => ask('{ wishes { edges { cursor } } }').then(({ errors }) => errors?.[0]?.extensions.code);
  await until(code, 'GRAPHQL_VALIDATION_FAILED');
  expect(existsSync(join(project, 'subgraphs/wishlists'))).toBe(false);
  expect(read('gateway/supergraph.graphql')).toBe(before);
}, 300_000);

function start(): void {
  system = spawn('npm', ['start', '--', '--port', String(port)], { cwd: project, env: environment(), detached: true });
  for (const stream of [system.stdout, system.stderr]) stream?.on('data', (text) => (said += text));
}

async function npm(...args: string[]): Promise<string> {
  const options = { cwd: project, env: environment(), maxBuffer: 2 ** 26 };
  const { stdout, stderr } = await promisify(execFile)('npm', args, options);
  return stdout + stderr;
}

/** What a person's shell has, not what this test run has. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: requiredEnv('PATH'), HOME: requiredEnv('HOME') };
}

interface Answer {
  data?: unknown;
  errors?: { extensions: { code: string } }[];
}

async function ask(query: string, token?: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

/** Asks again until the answer is the wanted one; the test's own time limit ends it. */
async function until(answer: () => Promise<unknown>, wanted: unknown): Promise<void> {
  let last: unknown;
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; ) {
    last = await answer().catch((error: Error) => error.message);
    if (JSON.stringify(last) === JSON.stringify(wanted)) return;
    if (system.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`The last answer was ${JSON.stringify(last)}. The system said:\n${said}`);
}

function change(file: string, what: string, by: string): void {
  const text = read(`subgraphs/wishlists/${file}`);
  expect(text).toContain(what);
  writeFileSync(join(project, 'subgraphs/wishlists', file), text.replace(what, by));
}

function read(file: string): string {
  return readFileSync(join(project, file), 'utf8');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
