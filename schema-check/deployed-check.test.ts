import { compose } from './composition.ts';
import { problemsWithDeployed } from './deployed-check.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@override", "@inaccessible"])`;

type Schemas = Record<string, string>;

const BOOKS = `
type Book @key(fields: "id") @key(fields: "isbn") { id: ID! isbn: ID! title: String! pages: Int weight: Int kind: Kind }
enum Kind { PAPER AUDIO }
type Query { book(id: ID!, shelf: Int): Book }`;
const SHOP = `
type Book @key(fields: "id") { id: ID! pages: Int @external price: Int postage: Int @requires(fields: "pages") }`;
const BUILT = { books: BOOKS, shop: SHOP };

function supergraphOf(schemas: Schemas): string {
  const sdls = Object.entries(schemas).map(([name, sdl]) => ({ name, sdl: `${LINK}\n${sdl}`, file: name }));
  const composed = compose(sdls);
  if (!composed.ok) throw new Error(composed.errors.map(({ message }) => message).join('\n'));
  return composed.supergraphSdl;
}

/** Returns the problems of a gateway, built from schemas and operations of a client `web`, with deployed schemas. */
function problems(built: Schemas, deployed: Schemas, ...operations: string[]): Promise<string[]> {
  const registered = operations.map((body, i) => ({ client: 'web', id: String(i), name: `Op${i}`, body }));
  const schemas = new Map(Object.entries(deployed).map(([name, sdl]) => [name, `${LINK}\n${sdl}`]));
  return problemsWithDeployed({ supergraphSdl: supergraphOf(built), operations: registered }, schemas);
}

const replaced = (sdl: string, what: string, by: string) => {
  if (!sdl.includes(what)) throw new Error(`There is no "${what}"`);
  return sdl.replace(what, by);
};
const books = (what: string, by: string): Schemas => ({ ...BUILT, books: replaced(BOOKS, what, by) });
const shop = (what: string, by: string): Schemas => ({ ...BUILT, shop: replaced(SHOP, what, by) });

describe('a gateway may be deployed', () => {
  test.each<[string, Schemas]>([
    ['with the subgraphs of its build', BUILT],
    ['with a subgraph that has an additional field', books('title', 'subtitle: String title')],
    ['with a subgraph that has a stricter output type', books('kind: Kind', 'kind: Kind!')],
    ['with a subgraph that has an additional argument', books('shelf: Int', 'shelf: Int, room: Int')],
    [
      'with a subgraph that has an additional key',
      shop('@key(fields: "id")', '@key(fields: "id") @key(fields: "id price")'),
    ],
    ['with an additional subgraph', { ...BUILT, library: 'type Query { shelves: Int }' }],
    [
      'with a subgraph that overrides a field of another',
      shop('price: Int', 'price: Int title: String! @override(from: "books")'),
    ],
  ])('%s', async (_, deployed) => {
    expect(await problems(BUILT, deployed, '{ book(id: 1) { title price postage } }')).toEqual([]);
  });
});

test.each<[string, string, (directive: string) => string]>([
  [
    'imported by other names',
    'import: [{name: "@key", as: "@id"}, {name: "@requires", as: "@needs"}, {name: "@external", as: "@ext"}]',
    (name) => ({ key: 'id', requires: 'needs', external: 'ext' })[name] ?? name,
  ],
  ['not imported', '', (name) => `federation__${name}`],
  ['of a renamed link', 'as: "fed"', (name) => `fed__${name}`],
])('compares directives %s by their standard names', async (_, link, nameOf) => {
  const renamed = (sdl: string) =>
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", ${link})\n${sdl.replaceAll(/@(\w+)/g, (__, name) => `@${nameOf(name)}`)}`;
  const schemas = (shop: string) => new Map(Object.entries({ books: renamed(BOOKS), shop: renamed(shop) }));
  const build = { supergraphSdl: supergraphOf(BUILT), operations: [] };
  expect(await problemsWithDeployed(build, schemas(SHOP))).toEqual([]);
  const other = SHOP.replace('"pages")', '"pages weight") weight: Int @external');
  expect(await problemsWithDeployed(build, schemas(other))).toEqual([
    expect.stringMatching(/^shop lacks .*@requires.fields differs/),
  ]);
});

describe('a gateway may not be deployed', () => {
  const deployFirst = (name: string) => `Deploy this version first: npm run deploy -- ${name}`;

  test('when a subgraph is missing', async () => {
    expect(await problems(BUILT, { books: BOOKS })).toEqual([`shop is not deployed. ${deployFirst('shop')}`]);
  });

  test.each<[string, Schemas, string]>([
    ['lacks a field', shop('price: Int', ''), 'shop'],
    ['has a weaker output type', books('title: String!', 'title: String'), 'books'],
    ['requires an additional argument', books('shelf: Int', 'shelf: Int!'), 'books'],
    ['lacks an argument', books(', shelf: Int', ''), 'books'],
    ['lacks an enum value', books('PAPER AUDIO', 'PAPER'), 'books'],
    ['returns another type', books('kind: Kind', 'kind: String'), 'books'],
    ['lacks a key', books(' @key(fields: "isbn")', ''), 'books'],
    ['requires other fields', shop('"pages")', '"pages weight") weight: Int @external'), 'shop'],
  ])('when a subgraph %s', async (_, deployed, name) => {
    const found = await problems(BUILT, deployed);
    expect(found).toEqual([expect.stringMatching(`^${name} lacks what this gateway needs: .*${deployFirst(name)}$`)]);
  });

  test('when the deployed subgraphs do not compose', async () => {
    expect(await problems(BUILT, shop('price: Int', 'price: Int title: String'))).toEqual([
      expect.stringMatching(
        /^The deployed subgraphs do not compose: .*"Book\.title".*\(books:4, shop:4\)\. Remove the field from one subgraph/,
      ),
    ]);
  });

  test('when a deployed schema is invalid', async () => {
    expect(await problems(BUILT, { ...BUILT, shop: 'type' })).toEqual([
      expect.stringMatching(/^The deployed subgraphs do not compose: Syntax Error: .*\(shop:3\)/),
    ]);
  });

  test('when the deployed graph lacks part of its API', async () => {
    expect(await problems(BUILT, books('weight: Int', 'weight: Int @inaccessible'))).toEqual([
      expect.stringMatching(/^The deployed graph offers clients less than this gateway: .*'weight'/),
    ]);
  });

  test('when a registered operation would break, naming its client', async () => {
    const deployed = books(' title: String!', '');
    expect(await problems(BUILT, deployed, '{ book(id: 1) { title } }', '{ book(id: 1) { price } }')).toEqual([
      expect.stringMatching(/^books lacks what this gateway needs: Field 'title'/),
      "The operation Op0 of the client web breaks: Field 'title' was removed from object type 'Book'.",
    ]);
  });
});
