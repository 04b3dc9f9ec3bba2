import { GraphQLError } from 'graphql';
import { type Service, service } from './gateway.ts';

/** Entity of the library, whose data serve several services and, for comparison, one schema. */
interface Thing {
  __typename: string;
  id: string;
  title?: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: resolvers of a test
  [field: string]: any;
}

const CURRENCIES: Record<string, number> = { EUR: 1, USD: 2, YEN: 100 };
const fails = (what: string) => () => {
  throw new GraphQLError(`No ${what}.`, { extensions: { code: 'BAD_USER_INPUT' } });
};

const authors: Thing[] = ['a1', 'a2', 'a3'].map((id, index) => ({
  __typename: 'Author',
  id,
  name: `Author ${index}`,
  email: index === 1 ? fails('e-mail') : `${id}@example.com`,
  born:
    index === 2
      ? null
      : { __typename: 'Birth', year: 1900 + index, place: { __typename: 'Place', town: 'Town', land: 'Land' } },
}));

const books: Thing[] = ['b1', 'b2', 'b3', 'b4'].map((id, index) => ({
  __typename: 'Book',
  id,
  isbn: `isbn-${id}`,
  legacyId: `legacy-${id}`,
  title: index === 2 ? null : `Book ${index}`,
  pages: 100 * index,
  kind: ['NOVEL', 'POEM', 'NOVEL', 'SECRET'][index],
  tags: index === 3 ? [] : ['x', 'y'],
  author: index === 3 ? null : authors[index % 2],
  cover: { __typename: 'Cover', colour: 'red', size: { __typename: 'Size', width: index, height: 2 * index } },
  weight: index === 1 ? null : index + 1,
  price: ({ currency }: { currency: string }) => (index + 1) * (CURRENCIES[currency] ?? 0),
  shipping: () => (index === 1 ? null : (index + 1) * 2 * (index + 1)),
  shelf: {
    __typename: 'Shelf',
    hall: 'H',
    place: { __typename: 'ShelfPlace', row: index % 2, bay: 1 },
    label: `H/${index % 2}/1`,
  },
  note: index === 2 ? fails('note') : `note ${index}`,
}));

const films: Thing[] = ['f1', 'f2'].map((id, index) => ({
  __typename: 'Film',
  id,
  title: `Film ${index}`,
  minutes: 90 + index,
  director: authors[2 - index],
  basedOn: index === 0 ? books[0] : null,
}));

for (const [index, medium] of [...books, ...films].entries()) {
  medium.rating = ({ scale }: { scale: number }) => (index === 4 ? null : index * scale);
  medium.remarks = ({ first }: { first: number }) =>
    [0, 1, 2].slice(0, first).map((number) => ({
      __typename: 'Remark',
      id: `${medium.id}-r${number}`,
      text: number === 1 ? null : `Remark ${number} of ${medium.id}`,
      by: authors[number % 3],
      about: medium,
    }));
}
for (const author of authors) {
  author.books = books.filter((book) => book.author === author);
  author.works = [...author.books, ...films.filter((film) => film.director === author)];
}
const remarks = [...books, ...films].flatMap((medium) => medium.remarks({ first: 3 }) as Thing[]);
const everything = [...authors, ...books, ...films, ...remarks];

const query = {
  book: ({ isbn }: { isbn: string }) => books.find((book) => book.isbn === isbn) ?? null,
  books: ({ first, kind }: { first: number; kind?: string | null }) =>
    books.filter((book) => !kind || book.kind === kind).slice(0, first),
  works: () => [books[0], films[0], null],
  search: ({ text }: { text: string }) =>
    [...books, ...films, ...authors].filter(({ title, name }) => String(title ?? name).includes(text)).slice(0, 4),
  media: () => [films[1], books[1]],
  author: ({ id }: { id: string }) => authors.find((author) => author.id === id) ?? null,
  topRated: () => [books[3], films[1]],
  shelves: () => books.map(({ shelf }) => shelf),
  version: () => 'v1',
};

/** Root value of one schema with all data. */
export const library = query;

const reference = (typename: string) => (key: Record<string, unknown>) =>
  everything.find((thing) => {
    const isOfType = thing.__typename === typename || typename === 'Medium';
    return (
      isOfType && (key.id === undefined || thing.id === key.id) && (key.isbn === undefined || thing.isbn === key.isbn)
    );
  }) ?? null;

/** To a service with the interface object, every medium is of its type. */
const asMedium = (thing: Thing | null | undefined) => thing && { ...thing, __typename: 'Medium' };

/** Returns resolvers of root fields. */
const root = (...fields: (keyof typeof query)[]) => ({
  // biome-ignore lint/suspicious/noExplicitAny: resolvers of a test
  Query: Object.fromEntries(fields.map((field) => [field, (_: unknown, given: any) => query[field](given)])),
});

const resolvable = (...types: string[]) =>
  Object.fromEntries(types.map((type) => [type, { __resolveReference: reference(type) }]));

/** The library's services. */
export const services: Service[] = [
  service(
    'catalogue',
    `type Query {
       book(isbn: ID!): Book
       books(first: Int! = 3, kind: Kind): [Book!]!
       works: [Work]
       search(text: String! = "o"): [Found!]!
       media: [Medium!]
       version: String! @shareable
     }
     interface Work { id: ID! title: String }
     interface Medium @key(fields: "id") { id: ID! title: String }
     union Found = Book | Film | Author
     enum Kind { NOVEL POEM SECRET @inaccessible }
     type Book implements Work & Medium @key(fields: "id") @key(fields: "isbn") {
       id: ID! isbn: ID! legacyId: ID! title: String pages: Int! kind: Kind tags: [String!] author: Author cover: Cover! @shareable
     }
     type Cover @shareable { colour: String! size: Size! }
     type Size @shareable { width: Int! height: Int! }
     type Film implements Work & Medium @key(fields: "id") { id: ID! title: String minutes: Int! director: Author! basedOn: Work }
     type Author @key(fields: "id", resolvable: false) { id: ID! }`,
    { ...root('book', 'books', 'works', 'search', 'media', 'version'), ...resolvable('Book', 'Film', 'Medium') },
  ),
  service(
    'people',
    `type Query { author(id: ID!): Author version: String! @shareable }
     type Author @key(fields: "id") { id: ID! name: String! email: String born: Birth books: [Book!]! works: [Work!]! }
     type Birth { year: Int! place: Place }
     type Place { town: String land: String! }
     interface Work { id: ID! title: String }
     type Book implements Work @key(fields: "id", resolvable: false) { id: ID! title: String @external }
     type Film implements Work @key(fields: "id", resolvable: false) { id: ID! title: String @external }`,
    { ...root('author', 'version'), ...resolvable('Author') },
  ),
  service(
    'stock',
    `type Query { shelves: [Shelf!]! }
     enum Currency { EUR USD YEN }
     type Book @key(fields: "isbn") {
       isbn: ID! price(currency: Currency! = EUR): Int weight: Int shelf: Shelf cover: Cover! @shareable note: String!
     }
     type Cover @shareable { size: Size! }
     type Size @shareable { width: Int! }
     type Shelf @key(fields: "hall place { row bay }") { hall: String! place: ShelfPlace! @shareable }
     type ShelfPlace @shareable { row: Int! bay: Int! }`,
    { ...root('shelves'), ...resolvable('Book') },
  ),
  service(
    'shipping',
    `enum Currency { EUR USD YEN }
     type Book @key(fields: "isbn") {
       isbn: ID! price(currency: Currency! = EUR): Int @external weight: Int @external
       shipping: Int @requires(fields: "price(currency: USD) weight")
     }
     type Shelf @key(fields: "hall place { row bay }") { hall: String! place: ShelfPlace! @shareable label: String! }
     type ShelfPlace @shareable { row: Int! bay: Int! }`,
    {
      Book: {
        __resolveReference: (key: object) => key,
        shipping: ({ price, weight }: { price?: number; weight?: number | null }) => {
          if (price === undefined || weight === undefined) throw new Error('A required field is missing');
          return weight === null ? null : price * weight;
        },
      },
      Shelf: {
        __resolveReference: (key: object) => key,
        label: ({ hall, place }: { hall: string; place: { row: number; bay: number } }) =>
          `${hall}/${place.row}/${place.bay}`,
      },
    },
  ),
  service(
    'ratings',
    `type Query { topRated: [Medium!]! }
     type Medium @key(fields: "id") @interfaceObject { id: ID! rating(scale: Int! = 1): Int remarks(first: Int! = 2): [Remark!]! }
     type Remark @key(fields: "id") { id: ID! text: String by: Author about: Medium }
     type Author @key(fields: "id", resolvable: false) { id: ID! }`,
    {
      Query: { topRated: () => query.topRated().map(asMedium) },
      Medium: { __resolveReference: (key: { id: string }) => asMedium(reference('Medium')(key)) },
      Remark: {
        __resolveReference: reference('Remark'),
        about: ({ about }: Thing) => asMedium(about),
      },
    },
  ),
];
