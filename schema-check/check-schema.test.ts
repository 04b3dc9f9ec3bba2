import { checkSchema, type Report } from './check-schema.ts';
import { compose } from './composition.ts';
import { readManifest } from './registered-operations.ts';
import { githubAnnotations } from './report/github.ts';
import { textReport } from './report/text.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible"])';

type Schemas = Record<string, string>;

const sdls = (schemas: Schemas) =>
  Object.entries(schemas).map(([name, sdl]) => ({
    name,
    sdl: `${LINK}\n${sdl}`,
    file: `subgraphs/${name}/schema.graphql`,
  }));

function supergraphOf(schemas: Schemas): string {
  const composed = compose(sdls(schemas));
  if (!composed.ok) throw new Error(composed.errors.map(({ message }) => message).join('\n'));
  return composed.supergraphSdl;
}

/** Checks a change of schemas, with the operations of a client `web`. */
function check(before: Schemas, after: Schemas, ...operations: string[]): Promise<Report> {
  return checkSchema({
    subgraphs: sdls(after),
    base: { supergraphSdl: supergraphOf(before), origin: 'before' },
    operations: operations.map((body, i) => ({ client: 'web', id: '1', name: `Op${i}`, body })),
  });
}

const BOOKS = `
"A book." type Book @key(fields: "id") { id: ID! title: String pages: Int }
type Query { "One book." book(id: ID!): Book }`;
const SHOP = '"A book." type Book @key(fields: "id") { id: ID! price: Int }';

const replaced = (sdl: string, what: string, by: string) => {
  if (!sdl.includes(what)) throw new Error(`There is no "${what}"`);
  return sdl.replace(what, by);
};

describe('composition', () => {
  const errorsOf = async (schemas: Schemas) =>
    (await checkSchema({ subgraphs: sdls(schemas), operations: [] })).composition;

  test('reports the positions of a conflict and a remedy', async () => {
    const [error] = await errorsOf({ books: BOOKS, shop: SHOP.replace('price', 'title: String price') });
    expect(error).toMatchObject({
      rule: 'INVALID_FIELD_SHARING',
      places: [
        { file: 'subgraphs/books/schema.graphql', line: 3 },
        { file: 'subgraphs/shop/schema.graphql', line: 2 },
      ],
      hint: expect.stringContaining('@shareable'),
    });
  });

  test('rejects links that the gateway does not support', async () => {
    const link = (
      more: string,
    ) => `extend schema @link(url: "https://specs.books.test/locks/v1.0", import: ["@lock"]${more})
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
      @composeDirective(name: "@lock") directive @lock on FIELD_DEFINITION`;
    const errors = (more: string) => {
      const sdl = `${link(more)} ${BOOKS.replace(' @key(fields: "id")', '').replace('title: String', 'title: String @lock')}`;
      return compose([{ name: 'books', sdl, file: 'books' }]);
    };
    expect(errors('')).toMatchObject({ ok: true });
    expect(errors(', for: SECURITY')).toMatchObject({
      ok: false,
      errors: [
        {
          rule: 'UNSUPPORTED_LINKED_FEATURE',
          subgraph: 'books',
          message: expect.stringContaining('locks/v1.0 is for SECURITY'),
        },
      ],
    });
  });

  test('reports unreachable fields', async () => {
    const books = replaced(BOOKS, '@key(fields: "id") { id: ID!', '{ id: ID! @shareable');
    const [error] = await errorsOf({ books, shop: 'type Book { id: ID! @shareable price: Int }' });
    expect(error).toMatchObject({
      rule: 'SATISFIABILITY_ERROR',
      places: [{ file: 'subgraphs/shop/schema.graphql', line: 2 }],
      hint: expect.stringContaining('a @key in "shop"'),
    });
  });

  test('reports the line of a syntax error, despite other subgraphs', async () => {
    expect(await errorsOf({ books: BOOKS, shop: 'type Book {\n  id: ID!\n  price Int\n}' })).toEqual([
      expect.objectContaining({
        rule: 'SYNTAX',
        subgraph: 'shop',
        places: [{ file: 'subgraphs/shop/schema.graphql', line: 4 }],
      }),
    ]);
  });

  test('fails the check on errors', async () => {
    const report = await checkSchema({ subgraphs: sdls({ books: 'type Query { a: Strin }' }), operations: [] });
    expect(report).toMatchObject({ ok: false, errors: 1, changes: [] });
  });
});

describe('a change of the API', () => {
  test('is safe, dangerous or breaking, each with its reason', async () => {
    const before = { books: `${BOOKS} enum Kind { A B }  extend type Book { kind: Kind }` };
    const after = {
      books: replaced(`${BOOKS} enum Kind { A B C } extend type Book { kind: Kind }`, 'pages: Int', 'isbn: String'),
    };
    const { changes } = await check(before, after);
    expect(changes.map(({ risk, path }) => [risk, path])).toEqual([
      ['breaking', 'Book.pages'],
      ['dangerous', 'Kind.C'],
      ['safe', 'Book.isbn'],
    ]);
    for (const { reason } of changes) expect(reason).toMatch(/\w+ .*\.$/);
  });

  test('ignores inaccessible elements', async () => {
    const before = { books: replaced(BOOKS, 'pages: Int', 'pages: Int @inaccessible') };
    const { changes, warnings } = await check(before, { books: replaced(BOOKS, ' pages: Int', '') });
    expect({ changes, warnings }).toEqual({ changes: [], warnings: 0 });
  });

  test('is an error if it breaks a registered operation, else a warning if breaking', async () => {
    const after = { books: replaced(BOOKS, ' pages: Int', '') };
    const spared = await check({ books: BOOKS }, after, '{ book(id: 1) { title } }');
    expect(spared).toMatchObject({ ok: true, errors: 0, warnings: 1, operations: { checked: 1, broken: [] } });
    const hit = await check(
      { books: BOOKS },
      after,
      '{ book(id: 1) { title } }',
      'query ($id: ID!) { book(id: $id) { pages } }',
    );
    expect(hit).toMatchObject({ ok: false, errors: 1, warnings: 0 });
    expect(hit.operations.broken).toEqual([
      { client: 'web', operation: 'Op1', reasons: [expect.stringContaining("'pages' was removed")] },
    ]);
    expect(hit.changes[0]).toMatchObject({ path: 'Book.pages', usedBy: ['web: Op1'] });
  });
});

describe('a registered operation breaks', () => {
  const SCHEMA = `
"A book." type Book @key(fields: "id") { id: ID! title: String! pages: Int }
"Why one buys." enum Kind { GIFT OWN }
input OrderInput { book: ID! note: String kind: Kind }
type Query { "One book." book(id: ID!, "Where." shelf: Int): Book }
type Mutation { "Orders." order(input: OrderInput!): Book }`;
  const ORDER = 'mutation ($input: OrderInput!) { order(input: $input) { id } }';

  test.each([
    [
      'a field that its client expects to be non-null becomes nullable',
      'title: String!',
      'title: String',
      '{ book(id: 1) { title } }',
    ],
    ['an input field is removed that a variable can contain', ' note: String', '', ORDER],
    ['an input field becomes required', 'note: String', 'note: String!', ORDER],
    ['a required input field is added', 'note: String', 'note: String copies: Int!', ORDER],
    ['an enum value is removed that a variable can have', 'GIFT OWN', 'OWN', ORDER],
    ['an argument becomes required', 'shelf: Int', 'shelf: Int!', '{ book(id: 1) { id } }'],
    ['an argument that it uses is removed', ', "Where." shelf: Int', '', '{ book(id: 1, shelf: 2) { id } }'],
  ])('when %s', async (_, before, after, operation) => {
    const report = await check({ books: SCHEMA }, { books: replaced(SCHEMA, before, after) }, operation);
    expect(report.operations.broken).toHaveLength(1);
    expect(report.ok).toBe(false);
  });

  test.each([
    ['an argument that it does not use is removed', ', "Where." shelf: Int', '', '{ book(id: 1) { id } }'],
    ['a selected field becomes non-null', 'pages: Int', 'pages: Int!', '{ book(id: 1) { pages } }'],
    ['an input field of an unused type is removed', ' note: String', '', '{ book(id: 1) { id } }'],
  ])('not when %s', async (_, before, after, operation) => {
    const report = await check({ books: SCHEMA }, { books: replaced(SCHEMA, before, after) }, operation);
    expect(report).toMatchObject({ ok: true, operations: { checked: 1, broken: [] } });
  });

  test('when it was never valid', async () => {
    const { operations } = await check({ books: BOOKS }, { books: BOOKS }, '{ nothing }', '{');
    expect(operations.broken.map(({ reasons }) => reasons)).toEqual([
      ['Cannot query field "nothing" on type "Query".'],
      [expect.stringContaining('Syntax Error')],
    ]);
  });
});

describe('a manifest', () => {
  const manifest = (operations: unknown) =>
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });

  test('gives the operations of its client, named by its file', () => {
    const json = manifest([{ id: '1', name: 'Home', type: 'query', body: '{ a }' }]);
    expect(readManifest({ file: 'operations/ios.json', json })).toEqual([
      { client: 'ios', id: '1', name: 'Home', body: '{ a }' },
    ]);
  });

  test.each([
    ['{', /web\.json is not JSON/],
    ['{"format":"other"}', /web\.json is not a persisted-query manifest: format/],
    [manifest([{ id: '1', name: 'Home', type: 'query' }]), /operations\.0\.body/],
  ])('rejects %s with the reason', (json, message) => {
    expect(() => readManifest({ file: 'operations/web.json', json })).toThrow(message);
  });
});

describe('the order of deployment', () => {
  const steps = ({ order }: Report) => order.steps.map(({ deploy }) => deploy);

  test('a field is added subgraph first, removed gateway first', async () => {
    const more = { books: replaced(BOOKS, 'pages: Int', 'pages: Int isbn: String') };
    expect(steps(await check({ books: BOOKS }, more))).toEqual(['books', 'gateway']);
    expect(steps(await check(more, { books: BOOKS }))).toEqual(['gateway', 'books']);
  });

  test('a moved field is added to the new subgraph, then to the gateway, then removed from the old subgraph', async () => {
    const after = { books: replaced(BOOKS, ' pages: Int', ''), shop: replaced(SHOP, 'price', 'pages: Int price') };
    const report = await check({ books: BOOKS, shop: SHOP }, after);
    expect(steps(report)).toEqual(['shop', 'gateway', 'books']);
    expect(report.order.hazards).toEqual([expect.stringContaining('@override(from: "books") in shop')]);
  });

  test('a new subgraph is deployed before the gateway, a removed one after it', async () => {
    const [one, two] = [{ books: BOOKS }, { books: BOOKS, shop: SHOP }];
    expect(steps(await check(one, two))).toEqual(['shop', 'gateway']);
    expect(steps(await check(two, one))).toEqual(['gateway', 'shop']);
  });

  test('a stronger output type is deployed before the gateway, a weaker one after it', async () => {
    const sure = { books: replaced(BOOKS, 'pages: Int', 'pages: Int!') };
    expect(steps(await check({ books: BOOKS }, sure))).toEqual(['books', 'gateway']);
    expect(steps(await check(sure, { books: BOOKS }))).toEqual(['gateway', 'books']);
  });

  test('reports if no order is safe, or if a subgraph needs two deployments', async () => {
    const { order } = await check({ books: BOOKS }, { books: replaced(BOOKS, 'pages: Int', 'pages: String') });
    expect(order.hazards).toEqual([expect.stringMatching(/^books: .*'Int' to 'String'\. No order is safe/)]);
    const report = await check({ books: BOOKS }, { books: replaced(BOOKS, 'pages: Int', 'isbn: String') });
    expect(report.order.hazards).toEqual([expect.stringContaining('books has both additions and removals')]);
    expect(report.ok).toBe(true);
  });

  test('is empty if only documentation changes', async () => {
    expect(steps(await check({ books: BOOKS }, { books: replaced(BOOKS, '"One book."', '"A book."') }))).toEqual([]);
  });
});

describe('the report', () => {
  const after = { books: replaced(BOOKS, 'pages: Int', 'tags: [String]') };

  test('has the affected clients, positions and remedies as text', async () => {
    const text = textReport(await check({ books: BOOKS }, after, '{ book(id: 1) { pages } }'), (_, words) => words);
    expect(text).toContain("breaking  Field 'pages' was removed from object type 'Book'");
    expect(text).toContain('Used by web: Op0.');
    expect(text).toContain('✗ subgraphs/books/schema.graphql:3  The list Book.tags has no bound.');
    expect(text).toContain('1. npm run deploy -- books');
    expect(text).toContain('! books has both additions and removals');
    expect(text).toContain('✗ must not be deployed (2 errors, 1 warning)');
  });

  test('has GitHub annotations for the lines of a change', async () => {
    const report = await check({ books: BOOKS }, after, '{ book(id: 1) { pages } }');
    expect(githubAnnotations(report, (client) => `operations/${client}.json`)).toEqual([
      expect.stringMatching(
        /^::error file=subgraphs\/books\/schema\.graphql,line=3,title=unbounded-list::The list .*%0AMake/,
      ),
      "::error file=operations/web.json,title=Registered operation::Op0: Field 'pages' was removed from object type 'Book'",
      expect.stringMatching(/^::warning title=Deployment order::books has both additions and removals/),
    ]);
  });
});
