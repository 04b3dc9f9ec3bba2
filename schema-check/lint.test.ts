import { checkSchema } from './check-schema.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible"])';
const BOOKS = `
"A book."
type Book @key(fields: "id") {
  id: ID!
  title: String!
  pages: Int!
}
type Query {
  "One book."
  book(id: ID!): Book
}`;

async function lintsOf(schemas: Record<string, string>, link = LINK) {
  const subgraphs = Object.entries(schemas).map(([name, sdl]) => ({
    name,
    sdl: `${link}${sdl}`,
    file: `${name}.graphql`,
  }));
  const { lints, composition } = await checkSchema({ subgraphs, operations: [] });
  expect(composition).toEqual([]);
  return lints.map(
    ({ level, rule, message, places: [place] }) => `${place?.file}:${place?.line} ${level} ${rule}: ${message}`,
  );
}

test('a valid schema has no findings', async () => {
  expect(await lintsOf({ books: BOOKS })).toEqual([]);
});

test('types, root fields and their arguments need a description', async () => {
  const sdl = `
type Book { title: String shelf(row: Int): String }
enum Kind { A }
type BookConnection { edges: [BookEdge!] }
type BookEdge { node: Book }
type Query {
  books("Words of the title." words: String, kind: Kind, first: Int): BookConnection
}`;
  expect(await lintsOf({ books: sdl })).toEqual([
    'books.graphql:2 error description: The type Book has no description.',
    'books.graphql:3 error description: The type Kind has no description.',
    'books.graphql:7 error description: Query.books has no description.',
    'books.graphql:7 error description: The argument Query.books(kind:) has no description.',
  ]);
});

test('names follow one convention', async () => {
  const sdl = `
"A." type Book_copy { page_count: Int byRow(row_number: Int): Int }
"A." enum Kind { Hard_Cover SOFT_COVER }
"A." input BookSearch { Title: String }
type Query { "A." copy("A." search: BookSearch, "A." kind: Kind): Book_copy }`;
  expect((await lintsOf({ books: sdl })).map((line) => line.replace(/.*naming: /, ''))).toEqual([
    'The type Book_copy is not PascalCase.',
    'The input type BookSearch does not end with Input or Filter.',
    'Book_copy.page_count is not camelCase.',
    'Book_copy.byRow(row_number:) is not camelCase.',
    'BookSearch.Title is not camelCase.',
    'The enum value Kind.Hard_Cover is not CONSTANT_CASE.',
  ]);
});

test('lists are connections, take `first`, or are acknowledged', async () => {
  const list = (field: string) => lintsOf({ books: BOOKS.replace('pages: Int!', field) });
  expect(await list('tags: [String!]!')).toEqual([
    'books.graphql:6 error unbounded-list: The list Book.tags has no bound.',
  ]);
  expect(await list('tags(first: Int! = 10): [String!]!')).toEqual([]);
  expect(await list('# allow unbounded-list: a book has at most five\n  tags: [String!]!')).toEqual([]);
  expect(await list('tags: [String!] @inaccessible')).toEqual([]);
});

describe('a non-null field of another service', () => {
  const shop = (fields: string) => `
"A book."
type Book @key(fields: "id") {
  id: ID!
  ${fields}
}
"What was paid for."
type Order @key(fields: "id") { id: ID! total: Int! }
`;

  test("is reported if a service adds it to another service's entity", async () => {
    expect(await lintsOf({ books: BOOKS, shop: shop('price: Int!') })).toEqual([
      'shop.graphql:5 error non-null-across-services: Book.price is non-null: while shop fails, no Book of books can be read.',
    ]);
    expect(await lintsOf({ books: BOOKS, shop: shop('price: Int') })).toEqual([]);
  });

  test('is reported if directives are imported under other names', async () => {
    const renamed = {
      books: BOOKS.replace('@key', '@id'),
      shop: shop('price: Int! pages: Int! @ext postage: Int @needs(fields: "pages")').replaceAll('@key', '@id'),
    };
    const imports = ['key', 'external', 'requires'].map(
      (name, i) => `{name: "@${name}", as: "@${['id', 'ext', 'needs'][i]}"}`,
    );
    expect(await lintsOf(renamed, LINK.replace(/import: .*]/, `import: [${imports}]`))).toEqual([
      'shop.graphql:5 error non-null-across-services: Book.price is non-null: while shop fails, no Book of books can be read.',
    ]);
  });

  test("is reported if it returns another service's entity", async () => {
    const orders = (type: string) =>
      lintsOf({ books: BOOKS, shop: shop('price: Int').replace('total: Int!', `total: Int! book: ${type}`) });
    expect(await orders('Book!')).toEqual([
      'shop.graphql:8 error non-null-across-services: Order.book is non-null: while books fails, no Order can be read.',
    ]);
    expect(await orders('Book')).toEqual([]);
  });

  test('is reported if it is a root field', async () => {
    expect(await lintsOf({ books: BOOKS.replace(': Book\n', ': Book!\n') })).toEqual([
      'books.graphql:10 error non-null-across-services: Query.book is non-null: while books fails, a query loses the data of other services too.',
    ]);
  });

  test('is not reported if a nullable list stops the null, or in the owning service', async () => {
    const sdl = shop('price: Int').replace('total: Int!', 'total: Int! books(first: Int): [Book]!');
    expect(await lintsOf({ books: BOOKS, shop: sdl })).toEqual([]);
  });

  test('can be acknowledged by a comment above or below its description', async () => {
    const why = '# allow non-null-across-services: a book that has no price is not for sale';
    expect(await lintsOf({ books: BOOKS, shop: shop(`${why}\n"In cents."\nprice: Int!`) })).toEqual([]);
    expect(await lintsOf({ books: BOOKS, shop: shop(`"In cents."\n${why}\nprice: Int!`) })).toEqual([]);
  });

  test('an entity is owned by the service with most of its fields, unless it extends the entity', async () => {
    const more = shop('price: Int! stock: Int! cover: String! weight: Int!');
    expect(await lintsOf({ books: BOOKS, shop: more })).toHaveLength(2);
    const extended = more.replace('"A book."\ntype Book', 'extend type Book');
    expect(await lintsOf({ books: BOOKS, shop: extended })).toHaveLength(4);
  });
});

describe('an acknowledgement', () => {
  const comment = (text: string) => lintsOf({ books: BOOKS.replace('  pages', `  # ${text}\n  pages`) });

  test('that is unused is a warning', async () => {
    expect(await comment('allow unbounded-list: it was a list once')).toEqual([
      'books.graphql:6 warning acknowledgement: Book.pages does not break the rule "unbounded-list": remove the comment.',
    ]);
  });

  test('of an unknown rule, or without a reason, is an error', async () => {
    expect(await comment('allow lists: why not')).toEqual([
      expect.stringMatching(/error .* no rule "lists": the rules are/),
    ]);
    expect(await comment('allow unbounded-list')).toEqual([
      expect.stringMatching(/error .* Give a reason why Book.pages/),
    ]);
  });

  test('applies only to the element below it', async () => {
    const sdl = BOOKS.replace('pages: Int!', '# allow unbounded-list: few\n  tags: [String]\n  words: [String]');
    expect(await lintsOf({ books: sdl })).toEqual([
      'books.graphql:8 error unbounded-list: The list Book.words has no bound.',
    ]);
  });
});
