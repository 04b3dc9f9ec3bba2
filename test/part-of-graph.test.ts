// biome-ignore-all lint/style/noProcessEnv: AWS's tools are configured by it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputsOf } from '../build/build.ts';
import { discoverSubgraphs, LIBRARY } from '../build/discover.ts';
import { LocalSystem } from '../local/system.ts';
import { Operator } from '../operator/connection.ts';
import { parsePartialRun, resolvePartialRun } from '../operator/partial-run.ts';
import { TestSystem } from './system.ts';

/** `npm start -- --only books --with dev`, with another local run in the place of AWS: it checks signatures and permissions. */

const VARIABLES = ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
const before = VARIABLES.map((name) => [name, process.env[name]] as const);
const subgraphs = discoverSubgraphs(LIBRARY).map(({ name }) => name);
const part = { only: ['books'], with: 'dev' };
const data = mkdtempSync(join(tmpdir(), 'part-'));
let deployed: TestSystem;
let here: LocalSystem;
const logs: string[] = [];

/** Sets the environment's credentials of AWS to the deployed system's, by default with the right secret. */
function setCredentials({ AWS_SECRET_ACCESS_KEY = deployed.system.awsAccess.credentials.secretAccessKey } = {}): void {
  const { endpoint, region, credentials } = deployed.system.awsAccess;
  const signed = { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, AWS_ACCESS_KEY_ID: credentials.accessKeyId };
  Object.assign(process.env, { ...signed, AWS_SECRET_ACCESS_KEY });
}

beforeAll(async () => {
  deployed = await TestSystem.start({ root: LIBRARY });
  setCredentials();
  here = await LocalSystem.start({
    ...outputsOf(LIBRARY),
    data,
    port: 0,
    part: await resolvePartialRun({ graph: 'library', stage: 'dev', part, subgraphs }),
    onLog: (name, line) => logs.push(`${name} ${line}`),
  });
}, 60_000);
afterAll(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await here?.close();
  await deployed?.close();
  rmSync(data, { recursive: true });
});

/** Sends a query to the gateway that runs here. */
// biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its query
async function ask(query: string, token?: string): Promise<any> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${here.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return response.json();
}

async function token(email: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${here.url}/identity/token`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email }),
  });
  return ((await response.json()) as { token: string }).token;
}

test('only the selected subgraph and the gateway run here, with their tables', () => {
  const { functions, tables } = here.model;
  const services = functions.map(({ name }) => name.replace('library-dev-', ''));
  expect(services).toEqual(expect.arrayContaining(['gateway', 'books', 'books-publisher']));
  expect(services.filter((name) => /^(loans|members|popularity)/.test(name))).toEqual([]);
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['library-dev-books']));
  expect(tables.map(({ name }) => name)).not.toContain('library-dev-loans');
});

test('a query joins local and deployed subgraphs, and local writes stay local', async () => {
  const { data: created, errors } = await ask(
    'mutation { offerBook(input: { title: "Here", author: "A", genre: "novel", pages: 100, publishedIn: 2001 }) { __typename ... on Book { id title postageCents } } }',
    await token('ada@example.com'),
  );
  expect({ created, errors }).toMatchObject({
    created: { offerBook: { title: 'Here', postageCents: expect.any(Number) } },
  });
  expect(logs.some((line) => line.startsWith('library-dev-books '))).toBe(true);
  const query = `{ book(id: "${created.offerBook.id}") { title isAvailable } }`;
  // The event that would give the deployed loans the book stays here.
  expect((await ask(query)).data).toEqual({ book: { title: 'Here', isAvailable: false } });
  expect(await deployed.ask(query)).toEqual({ book: null });
});

test('the operator does not call deployed subgraphs', async () => {
  const operator = new Operator({ url: here.url, graph: 'library', aws: here.awsAccess });
  await expect(operator.run('loans', '{ __typename }', {})).rejects.toThrow('Function not found');
});

test.each([
  [
    'without the right credentials',
    { AWS_SECRET_ACCESS_KEY: 'wrong' },
    part,
    /^library-dev-\w+ of the deployed stage "dev" cannot be invoked \(.*\)\. Set AWS credentials/,
  ],
  [
    'where a service is not deployed',
    {},
    { only: ['books'], with: 'prod' },
    /^library-prod-\w+ of .* cannot be invoked \(ResourceNotFound.*\)\. Deploy it/,
  ],
])('%s the error is one clear line', async (_, credentials, requestedPart, message) => {
  setCredentials(credentials);
  const { message: actual } = await resolvePartialRun({
    graph: 'library',
    stage: 'dev',
    part: requestedPart,
    subgraphs,
  }).then(
    () => new Error('No error'),
    (error: Error) => error,
  );
  expect(actual).toMatch(message);
  expect(actual).not.toContain('\n');
});

test.each([
  ['loans', undefined, '--only and --with must be used together'],
  [undefined, 'dev', '--only and --with must be used together'],
  ['loasn', 'dev', 'There is no subgraph "loasn". Perhaps "loans"? The subgraphs are books, loans'],
  ['loans', 'staging', 'There is no stage "staging"'],
])('--only %s --with %s is refused: %s', (only, stage, message) => {
  expect(() => parsePartialRun(only, stage, subgraphs)).toThrow(message);
});

test("all of the gateway's functions run here, also those for subscriptions", async () => {
  const { runs, deployed: client } = await resolvePartialRun({ graph: 'library', stage: 'dev', part, subgraphs });
  client.close();
  const names = ['gateway', 'gateway-connections', 'gateway-fan-out', 'gateway-delivery', 'books', 'loans'];
  expect(names.filter((name) => runs(`library-dev-${name}`))).toEqual(names.slice(0, -1));
});
