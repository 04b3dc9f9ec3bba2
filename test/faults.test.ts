import { join } from 'node:path';
import type { FunctionDefinition } from '../local/aws/lambda/function-definition.ts';
import { BOOK, Library, PREFIX } from './library.ts';
import type { TestSystem } from './system.ts';

/** Responses while a service fails, and after it has recovered. */

const FIELDS = '{ title loanCount owner { id } }';
let query: string;
let complete: object;

let system: TestSystem;
beforeAll(async () => {
  const library = await Library.start();
  ({ system } = library);
  const id = await library.offer(await system.user('hana'));
  query = `{ book(id: "${id}") ${FIELDS} }`;
  complete = { book: { title: BOOK.title, loanCount: 0, owner: { id: 'hana' } } };
  expect((await system.query(query)).data).toEqual(complete);
}, 120_000);
afterAll(() => system.close());

const behaves = (handler: string, more: Partial<FunctionDefinition> = {}): Partial<FunctionDefinition> => ({
  codeDirectory: join(import.meta.dirname, 'functions'),
  handler: `behaviour.${handler}`,
  ...more,
});

test.each<[string, Partial<FunctionDefinition>, string]>([
  ['exits', behaves('leave'), 'SUBGRAPH_UNAVAILABLE'],
  ['throws', behaves('fail'), 'SUBGRAPH_UNAVAILABLE'],
  ['throws in a timer', behaves('uncaught'), 'SUBGRAPH_UNAVAILABLE'],
  ['hangs', behaves('hang', { timeout: 1_000 }), 'SUBGRAPH_UNAVAILABLE'],
  [
    'does not load',
    { codeDirectory: join(import.meta.dirname, 'functions'), handler: 'throws-at-load.handler' },
    'SUBGRAPH_UNAVAILABLE',
  ],
  ['lacks a variable', { environment: {} }, 'SUBGRAPH_UNAVAILABLE'],
  ['is throttled', { reservedConcurrency: 0 }, 'SUBGRAPH_UNAVAILABLE'],
  ['returns nothing', behaves('nothing'), 'SUBGRAPH_BAD_RESPONSE'],
  ['returns no GraphQL response', behaves('echo'), 'SUBGRAPH_BAD_RESPONSE'],
  ['answers with 7 MB', behaves('sevenMegabytes'), 'RESPONSE_TOO_LARGE'],
])('a service that %s makes its own fields null, and recovers with the next call', async (_, change, code) => {
  const { status, data, errors = [] } = await system.withFunction('popularity', change, () => system.query(query));
  expect(status).toBe(200);
  expect(data).toEqual({ book: { title: BOOK.title, loanCount: null, owner: { id: 'hana' } } });
  expect(errors).toMatchObject([{ path: ['book'], extensions: { code, serviceName: 'popularity' } }]);
  expect(JSON.stringify(errors)).not.toMatch(/library-dev|TABLE_NAME|127\.0\.0\.1|stack|\.cjs/);
  expect(await system.query(query)).toEqual({ status: 200, data: complete });
});

test('the log names a missing environment variable', () => {
  expect(system.logs.join('\n')).toContain('Environment variable TABLE_NAME is not set');
});

test('a call without the permission of the role is refused, and the log names the permission', async () => {
  const { aws, model } = system.system;
  const name = `${PREFIX}members`;
  aws.setPolicies(name, []);
  const { errors = [] } = await system.query('{ member(id: "hana") { name } }');
  aws.setPolicies(name, model.functions.find((each) => each.name === name)?.policies ?? []);
  expect(errors[0]).toMatchObject({ message: 'Internal server error', extensions: { errorId: expect.any(String) } });
  expect(system.logs.join('\n')).toMatch(
    /AccessDenied.*dynamodb:BatchGetItem on arn:aws:dynamodb:.*library-dev-members/,
  );
});
