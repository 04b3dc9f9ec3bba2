import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { apiSchema } from '../build/api-schema.ts';
import { supergraphFile } from '../build/compose.ts';
import { graphPath, LIBRARY, outputOf, ROOT } from '../build/discover.ts';
import { examples } from '../build/examples.ts';
import { isRegistered, readManifest } from '../build/operations/register.ts';
import { registeredOperations } from '../build/operations/registered.ts';
import { idOf } from '../gateway/operations/operation-id.ts';
import { eventually } from './eventually.ts';
import { GATEWAY_VARIABLES } from './gateway-process.ts';
import { Library } from './library.ts';
import type { TestSystem } from './system.ts';

let system: TestSystem;
let token: string;
let bookId: string;
beforeAll(async () => {
  const library = await Library.start();
  ({ system } = library);
  token = await system.user('ada');
  bookId = await library.offer(await system.user('hana'));
  await library.borrow(bookId, token);
}, 120_000);
afterAll(() => system.close());

const OPERATIONS = new Map(registeredOperations(LIBRARY).map((each) => [each.name, each]));

/** Returns variables for an operation of the client. */
function variablesOf(name: string): Record<string, unknown> {
  const all: Record<string, () => Record<string, unknown>> = {
    Books: () => ({ genre: 'novel', first: 5 }),
    Book: () => ({ id: bookId, others: 5 }),
    ReturnBy: () => ({ id: bookId, borrowedOn: '2031-05-01' }),
    Rename: () => ({ name: 'Ada' }),
    Loan: () => ({ id: 'none' }),
    BorrowBook: () => ({ input: { bookId: 'none', idempotencyKey: 'k' } }),
  };
  return all[name]?.() ?? {};
}

interface TextResponse {
  status: number;
  headers: Record<string, string | null>;
  body: string;
}

async function ask(body: object, headers: Record<string, string> = {}): Promise<TextResponse> {
  return textResponse(
    await fetch(`${system.system.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );
}

async function get(search: string): Promise<TextResponse> {
  return textResponse(await fetch(`${system.system.url}/graphql?${search}`));
}

async function textResponse(response: Response): Promise<TextResponse> {
  const headers = ['content-type', 'cache-control'].map((name) => [name, response.headers.get(name)]);
  const body = (await response.text()).replace(/"errorId":"[^"]+"/g, '"errorId":""');
  return { status: response.status, headers: Object.fromEntries(headers), body };
}

/** Restarts the gateway, with these settings changed. */
function restartGateway(settings: Record<string, string> = {}): void {
  system.replaceFunctions((definition) =>
    definition.name.endsWith('-gateway')
      ? { ...definition, environment: { ...definition.environment, ...settings } }
      : undefined,
  );
}

test('the manifest is up to date with the documents of the client', async () => {
  const documents = [`${relative(ROOT, LIBRARY)}/${graphPath('operations/*.graphql', LIBRARY)}`];
  const manifest = await readManifest(
    { name: 'web', documents },
    apiSchema(readFileSync(supergraphFile(LIBRARY), 'utf8')),
    ROOT,
  );
  // If not: npm run operations -- --client web --root test/graph --documents 'test/graph/graph/operations/*.graphql'
  expect(isRegistered('web', manifest, LIBRARY)).toBe(true);
});

describe('the same operation, by id, by text, and unregistered', () => {
  const signedIn = ['a visitor', 'a user'] as const;
  test.each([...OPERATIONS.keys()].flatMap((name) => signedIn.map((who) => [name, who] as const)))(
    '%s has the same response, byte for byte, for %s',
    async (name, who) => {
      const { id, body: query } = OPERATIONS.get(name) ?? { id: '', body: '' };
      const variables = variablesOf(name);
      const headers: Record<string, string> = who === 'a user' ? { authorization: `Bearer ${token}` } : {};
      // Sent twice: the second time it is planned.
      const unregistered = { query: `${query}\n# another text`, variables };
      const answers = [
        await ask({ documentId: id, variables }, headers),
        await ask({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: id } } }, headers),
        await ask({ operationName: name, query, variables }, headers),
        await ask(unregistered, headers),
        await ask(unregistered, headers),
      ];
      // Subscriptions are refused by HTTP.
      expect(answers[0]?.status).toBe(query.startsWith('subscription') ? 400 : 200);
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    },
  );

  test.each(examples(LIBRARY).map(({ title, query }) => [title, query] as const))(
    'the example "%s" has the same response the second time',
    async (_, query) => {
      expect(await ask({ query })).toEqual(await ask({ query }));
    },
  );

  test('wrong variables have the same error', async () => {
    const { id, body: query } = OPERATIONS.get('Book') ?? { id: '', body: '' };
    const variables = { id: {}, others: 5 };
    const refused = await ask({ documentId: id, variables });
    expect(refused.status).toBe(400);
    expect(await ask({ query: `${query} # other`, variables })).toEqual(refused);
  });
});

describe('by id', () => {
  const idAt = (name: string) => OPERATIONS.get(name)?.id ?? '';
  const search = (name: string) =>
    new URLSearchParams({ id: idAt(name), variables: JSON.stringify(variablesOf(name)) }).toString();

  test('GET is allowed for a query, whose response may be cached as long as the strictest hint allows', async () => {
    const { status, headers, body } = await get(search('Book'));
    expect(status).toBe(200);
    expect(JSON.parse(body).data.book).toMatchObject({ id: bookId });
    expect(headers['cache-control']).toBe('max-age=60, public');
  });

  test('a response that depends on the viewer is not cached', async () => {
    expect((await get(search('Viewer'))).headers['cache-control']).toBe('no-store');
  });

  test('GET is refused for a mutation', async () => {
    expect(await get(search('Rename'))).toMatchObject({ status: 405 });
  });

  test('an unregistered id is refused with GET and POST', async () => {
    for (const id of ['nothing', 'graph', '../graph', 'main', '__proto__']) {
      for (const answer of [await ask({ documentId: id }), await get(`id=${encodeURIComponent(id)}`)]) {
        expect(answer.status).toBe(400);
        expect(JSON.parse(answer.body).errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_IN_LIST');
      }
    }
  });

  test('a field with private caching makes the whole response private', async () => {
    const query = `{ book(id: "${bookId}") { title owner { name email } } }`;
    for (const _ of [1, 2]) expect((await ask({ query })).headers['cache-control']).toBe('no-store');
    expect((await ask({ query: query.replace(' email', '') })).headers['cache-control']).toBe('max-age=60, public');
  });

  test('an unregistered operation cannot be run by id, even after it has run by text', async () => {
    const query = '{ genres { shelf } }';
    for (const _ of [1, 2]) expect((await ask({ query })).status).toBe(200);
    expect((await ask({ documentId: idOf(query) })).status).toBe(400);
    expect((await get(`id=${idOf(query)}`)).status).toBe(400);
    const byHash = await ask({ extensions: { persistedQuery: { version: 1, sha256Hash: idOf(query) } } });
    expect(JSON.parse(byHash.body).errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  test('ids of other protocols in a body with a text are ignored', async () => {
    const query = '{ genres { id } }';
    const answer = await ask({ query });
    for (const id of [null, 7, 'request-7']) expect(await ask({ id, documentId: null, query })).toEqual(answer);
  });

  test('an id with the text of another operation is refused', async () => {
    const { status } = await ask({ documentId: idAt('Books'), query: '{ genres { id } }' });
    expect(status).toBe(400);
  });
});

test('an operation that a client stored by its hash is available in other environments', async () => {
  const query = '{ genres { id name } }';
  const extensions = { persistedQuery: { version: 1, sha256Hash: idOf(query) } };
  const unknown = await ask({ extensions });
  expect(JSON.parse(unknown.body).errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  const stored = await ask({ query, extensions });
  expect(stored.status).toBe(200);
  restartGateway();
  expect(await ask({ extensions })).toEqual(stored);
});

describe('the safelist', () => {
  afterEach(() => restartGateway());

  test('refuses unregistered operations', async () => {
    restartGateway({ SAFELIST: 'only' });
    const refused = await ask({ query: '{ genres { id } }' });
    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.body).errors[0].extensions.code).toBe('QUERY_NOT_IN_SAFELIST');
    const { id, body: query } = OPERATIONS.get('Book') ?? { id: '', body: '' };
    expect((await ask({ documentId: id, variables: variablesOf('Book') })).status).toBe(200);
    expect((await ask({ query, variables: variablesOf('Book') })).status).toBe(200);
  });

  test('may only log them, each time that they run', async () => {
    restartGateway({ SAFELIST: 'log' });
    const query = '{ genres { name } }';
    const lines = () => system.logs.filter((line) => line.includes('not registered') && line.includes(idOf(query)));
    for (const _ of [1, 2]) expect((await ask({ query })).status).toBe(200);
    await eventually(async () => expect(lines()).toHaveLength(2));
  });
});

const LAMBDA_GLOBALS = join(ROOT, 'build', 'code-cache', 'lambda-globals.cjs');

describe('a cold gateway', () => {
  /** Runs one request in a new process; returns its status and the bytes of code that it loaded. */
  async function coldRequest(query: string, variables: object): Promise<{ status: number; bytes: number }> {
    const event = {
      rawPath: '/graphql',
      rawQueryString: '',
      headers: { 'content-type': 'application/json' },
      requestContext: { requestId: 'r', http: { method: 'POST' } },
      body: JSON.stringify({ query, variables }),
    };
    const program = `
      const { run } = require(${JSON.stringify(LAMBDA_GLOBALS)});
      const { handler, compiledCode } = require('./index.cjs');
      run(handler, ${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 900 }).then(({ statusCode }) => {
        console.log(JSON.stringify({ statusCode, files: [...compiledCode().keys()] }));
        process.exit();
      });`;
    const env = { ...GATEWAY_VARIABLES, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    const folder = join(outputOf(LIBRARY), 'gateway');
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { cwd: folder, env });
    const { statusCode, files } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
      statusCode: number;
      files: string[];
    };
    const sizes = files.map((file) => readFileSync(join(folder, file.replace(/\.cjs\..*$/, '.cjs'))).length);
    return { status: statusCode, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  }

  test('loads neither planner nor schema nor Apollo Server for a registered operation', async () => {
    const query = OPERATIONS.get('Book')?.body ?? '';
    const known = await coldRequest(query, { id: 'x', others: 1 });
    const unknown = await coldRequest(`${query} # other`, { id: 'x', others: 1 });
    expect(known.status).toBe(200);
    expect(unknown.status).toBe(200);
    expect(known.bytes).toBeLessThan(150_000);
    expect(unknown.bytes).toBeGreaterThan(1_000_000);
  });
});
