/** A request, as anybody may send it. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  /** What follows the `?` in the address. */
  search?: string;
  body?: string;
}

/** What a client may try, and how it is refused. */
export interface Attack {
  name: string;
  /** The request; with another number another one of the same kind, as nobody who attacks sends the same text twice. */
  request: (variant: number) => HttpRequest;
  status: number;
  /** Of the error; where it is left out, any. */
  code?: string;
}

const post =
  (bodyOf: (variant: number) => unknown): Attack['request'] =>
  (variant) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(bodyOf(variant)),
  });
const varied = (query: string, variant: number) => `# ${variant}\n${query}`;
const ask = (query: string) => post((variant) => ({ query: varied(query, variant) }));
const get =
  (query: string, headers: Record<string, string> = {}): Attack['request'] =>
  (variant) => ({ method: 'GET', headers, search: String(new URLSearchParams({ query: varied(query, variant) })) });
const send =
  (type: string, bodyOf: (variant: number) => string): Attack['request'] =>
  (variant) => ({ method: 'POST', headers: { 'content-type': type }, body: bodyOf(variant) });

/** Selections of a book that lead to the books of its owner, and on from those, around the field in the middle. */
export const nested = (levels: number, inner: string): string =>
  levels === 0 ? inner : `owner { books(first: 50) { edges { node { ${nested(levels - 1, inner)} } } } }`;

const times = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

/** One table for all tests of what is refused. */
export const ATTACKS: Attack[] = [
  {
    name: 'fragments that double with each level',
    request: ask(
      `{ book(id: "1") { ...F0 } } ${times(20, (i) => `fragment F${i} on Book { a${i}: owner { id } ...F${i + 1} ...F${i + 1} }`)} fragment F20 on Book { id }`,
    ),
    status: 400,
    code: 'OPERATION_TOO_LARGE',
  },
  {
    name: '2,000 aliases of a join',
    request: ask(`{ ${times(2_000, (i) => `a${i}: book(id: "1") { loanCount }`)} }`),
    status: 400,
    code: 'OPERATION_TOO_LARGE',
  },
  {
    name: 'lists in lists',
    request: ask(`{ book(id: "1") { ${nested(4, 'id')} } }`),
    status: 400,
    code: 'OPERATION_TOO_COSTLY',
  },
  {
    name: 'a very deep operation',
    request: ask(`{ book(id: "1") { ${nested(12, 'id')} } }`),
    status: 400,
    code: 'OPERATION_TOO_LARGE',
  },
  {
    name: '5 MB of tokens',
    request: ask(`{ ${'a '.repeat(2_500_000)} }`),
    status: 413,
    code: 'REQUEST_TOO_LARGE',
  },
  {
    name: '500 KB of tokens',
    request: ask(`{ ${'a '.repeat(250_000)} }`),
    status: 400,
    code: 'OPERATION_TOO_LARGE',
  },
  {
    name: 'a text of 500 KB in one token',
    request: ask(`{ book(id: "${'a'.repeat(500_000)}") { nothing } }`),
    status: 400,
    code: 'OPERATION_TOO_LARGE',
  },
  {
    name: '4,900 fields, of which none is known',
    request: ask(`{ ${'a '.repeat(4_900)} }`),
    status: 400,
    code: 'OPERATION_TOO_LARGE',
  },
  {
    name: '2,000 directives',
    request: ask(`{ genres { id ${'@include(if: true) '.repeat(2_000)} } }`),
    status: 400,
    code: 'OPERATION_TOO_LARGE',
  },
  {
    name: 'a batch',
    request: post((variant) => [{ query: varied('{ genres { id } }', variant) }]),
    status: 400,
    code: 'BAD_REQUEST',
  },
  {
    name: 'introspection',
    request: ask('{ __schema { types { name } } }'),
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    name: 'a mutation with GET',
    request: get('mutation { __typename }', { 'apollo-require-preflight': '1' }),
    status: 405,
  },
  {
    name: 'GET without a sign of intent',
    request: get('{ __typename }'),
    status: 400,
    code: 'BAD_REQUEST',
  },
  {
    name: 'a form',
    request: send('application/x-www-form-urlencoded', (variant) =>
      String(new URLSearchParams({ query: varied('{ __typename }', variant) })),
    ),
    status: 415,
    code: 'BAD_REQUEST',
  },
  {
    name: 'plain text',
    request: send('text/plain', (variant) => JSON.stringify({ query: varied('{ __typename }', variant) })),
    status: 415,
    code: 'BAD_REQUEST',
  },
];
