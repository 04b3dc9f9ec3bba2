import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { madeUpAnswers } from './made-up-answers.ts';
import { registeredOperation, renamed } from './operations.ts';
import { peerSupergraph } from './peer-supergraph.ts';

test('the operation is the one that a client has registered; without one, the error says what is missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'operations-'));
  expect(() => registeredOperation(folder)).toThrow('No client has registered an operation "Stay"');
  const body = 'query Stay($slug: String!) { listing(slug: $slug) { id } }';
  const manifest = { operations: [{ id: 'a1b2', name: 'Stay', type: 'query', body }] };
  writeFileSync(join(folder, 'web.json'), JSON.stringify(manifest));
  expect(registeredOperation(folder)).toMatchObject({ id: 'a1b2', query: body });
});

test('an operation under another name is otherwise the same', () => {
  expect(renamed('query Front { me { ...Name } } fragment Name on User { name }').replace(/\s+/g, ' ')).toBe(
    'query NotRegistered { me { ...Name } } fragment Name on User { name }',
  );
});

test('peers get the supergraph with http addresses, and without what Apollo Gateway refuses', () => {
  const sdl = `schema @link(url: "https://specs.apollo.dev/join/v0.5") @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) { query: Query }
    directive @authenticated on FIELD_DEFINITION
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    enum join__Graph { ACCOUNTS @join__graph(name: "accounts", url: "lambda://accounts") }
    type Query { me: String @authenticated }`;
  const text = peerSupergraph(sdl, 'http://127.0.0.1:9');
  expect(text).toContain('url: "http://127.0.0.1:9/accounts"');
  expect(text).toContain('join/v0.5');
  expect(text).not.toContain('authenticated');
});

test('made-up answers are whole, and the same each time', async () => {
  const operation = {
    query:
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Host { id listings { edges { node { title photo } } } } } }',
    variables: { r: [{ __typename: 'Host', id: '7' }] },
  };
  const text = await madeUpAnswers()('listings', operation);
  const { data, errors } = JSON.parse(text);
  expect(errors).toBeUndefined();
  expect(data._entities[0].id).toBe('7');
  expect(data._entities[0].listings.edges[0].node).toEqual({
    title: 'title-1',
    photo: 'https://example.com/photo.jpg',
  });
  expect(await madeUpAnswers()('listings', operation)).toBe(text);
});

test('every subgraph makes the same type of an interface', async () => {
  const answers = madeUpAnswers();
  const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on User { id } } }';
  const variables = { r: [{ __typename: 'User', id: '7' }] };
  const { data } = JSON.parse(await answers('accounts', { query, variables }));
  expect(data._entities).toEqual([{ __typename: 'Guest', id: '7' }]);
});
