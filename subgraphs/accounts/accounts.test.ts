import { oddlyKept, stumbles } from '../../test/odd-text.ts';
import { testSubgraph, viewer } from '../../test/subgraph.ts';
import { type TestTable, testTable } from '../../test/test-table.ts';
import { contextFactory } from './context.ts';
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';
import { UserStore } from './user-store.ts';

const now = () => new Date('2026-05-01T12:00:00Z');
const ada = { ...viewer('ada'), name: 'Ada', email: 'ada@example.com' };

let table: TestTable;
let ask: ReturnType<typeof testSubgraph>;

beforeEach(async () => {
  table = await testTable('accounts');
  const users = new UserStore(table.client, table.name);
  ask = testSubgraph({ typeDefs, resolvers, context: contextFactory({ users, now }) });
});

test('no text of a client makes an error of this service', async () => {
  expect(await stumbles(typeDefs, (query, variables) => ask(query, variables, ada))).toEqual([]);
  expect(oddlyKept(await table.items())).toEqual([]);
});

test.each(['', ' ', 'x'.repeat(101), 'a\0b'])('the name %j of a token is no name', async (name) => {
  expect((await ask('{ me { name } }', {}, { ...ada, name })).data.me).toEqual({ name: 'New user' });
});

test.each([
  ['name', 'a\0b'],
  ['about', 'a\u001b[31m'],
])('a profile whose %s has control characters is not saved', async (field, text) => {
  const UPDATE = `mutation ($input: UpdateProfileInput!) {
    updateProfile(input: $input) { __typename ... on ProfileInvalid { field } }
  }`;
  const { data } = await ask(UPDATE, { input: { [field]: text } }, ada);
  expect(data.updateProfile).toEqual({ __typename: 'ProfileInvalid', field });
});

test('a photo is at a public address', async () => {
  const UPDATE = 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { __typename } }';
  const { errors } = await ask(UPDATE, { input: { photo: 'http://ada:secret@169.254.169.254/' } }, ada);
  expect(errors).toMatchObject([
    { message: expect.stringContaining('URL must be a public web address'), extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});
