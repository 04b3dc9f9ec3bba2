import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatedResponses } from '../../build/code-cache/generated-responses.ts';
import { LIBRARY, readSchemas } from '../../build/discover.ts';
import { registeredOperation, renamed } from './operations.ts';
import { peerSupergraph } from './peer-supergraph.ts';

test('reads the registered operation, and throws if there is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'operations-'));
  expect(() => registeredOperation('b1', folder)).toThrow('No client has registered an operation "Book"');
  const body = 'query Book($id: ID!) { book(id: $id) { id } }';
  const manifest = { operations: [{ id: 'a1b2', name: 'Book', type: 'query', body }] };
  writeFileSync(join(folder, 'web.json'), JSON.stringify(manifest));
  expect(registeredOperation('b1', folder)).toMatchObject({ id: 'a1b2', query: body, variables: { id: 'b1' } });
});

test('renames an operation without other changes', () => {
  expect(renamed('query Front { me { ...Name } } fragment Name on User { name }').replace(/\s+/g, ' ')).toBe(
    'query NotRegistered { me { ...Name } } fragment Name on User { name }',
  );
});

test("the peers' supergraph has http URLs and no directives that Apollo Gateway rejects", () => {
  const sdl = `schema @link(url: "https://specs.apollo.dev/join/v0.5") @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) { query: Query }
    directive @authenticated on FIELD_DEFINITION
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    enum join__Graph { MEMBERS @join__graph(name: "members", url: "lambda://members") }
    type Query { me: String @authenticated }`;
  const text = peerSupergraph(sdl, 'http://127.0.0.1:9');
  expect(text).toContain('url: "http://127.0.0.1:9/members"');
  expect(text).toContain('join/v0.5');
  expect(text).not.toContain('authenticated');
});

test('generated responses are complete and repeatable', async () => {
  const operation = {
    query:
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Member { id books { edges { node { title offeredAt } } } } } }',
    variables: { r: [{ __typename: 'Member', id: '7' }] },
  };
  const text = await generatedResponses(readSchemas(LIBRARY), { listLength: 8 })('books', operation);
  const { data, errors } = JSON.parse(text);
  expect(errors).toBeUndefined();
  expect(data._entities[0].id).toBe('7');
  expect(data._entities[0].books.edges[0].node).toEqual({
    title: 'title-1',
    offeredAt: '2026-05-01T09:30:00Z',
  });
  expect(await generatedResponses(readSchemas(LIBRARY), { listLength: 8 })('books', operation)).toBe(text);
});

test('every subgraph resolves an interface to the same type', async () => {
  const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    interface User @key(fields: "id") { id: ID! }
    type Reader implements User @key(fields: "id") { id: ID! }
    type Lender implements User @key(fields: "id") { id: ID! }
    type Query { me: User }`;
  const answers = generatedResponses([{ name: 'users', sdl }], { listLength: 8 });
  const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on User { id } } }';
  const variables = { r: [{ __typename: 'User', id: '7' }] };
  const { data } = JSON.parse(await answers('users', { query, variables }));
  expect(data._entities).toEqual([{ __typename: 'Lender', id: '7' }]);
});
