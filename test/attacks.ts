/** HTTP request of an anonymous client. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  /** Query string, without the `?`. */
  search?: string;
  body?: string;
}

/** Hostile request and its expected refusal. */
export interface Attack {
  name: string;
  /** Returns the request; each variant has its own text, so that no cache answers it. */
  request: (variant: number) => HttpRequest;
  status: number;
  /** Error code; any if undefined. */
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

/** Returns a selection on Book that nests `owner.books` to a depth, with `inner` at the bottom. */
export const nested = (levels: number, inner: string): string =>
  levels === 0 ? inner : `owner { books(first: 50) { edges { node { ${nested(levels - 1, inner)} } } } }`;

const times = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

/** Requests that the gateway must refuse. */
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
    name: 'nested lists',
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
    name: 'one token of 500 KB',
    request: ask(`{ book(id: "${'a'.repeat(500_000)}") { nothing } }`),
    status: 400,
    code: 'OPERATION_TOO_LARGE',
  },
  {
    name: '4,900 unknown fields',
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
    name: 'GET without a header against CSRF',
    request: get('{ __typename }'),
    status: 400,
    code: 'BAD_REQUEST',
  },
  {
    name: 'a form body',
    request: send('application/x-www-form-urlencoded', (variant) =>
      String(new URLSearchParams({ query: varied('{ __typename }', variant) })),
    ),
    status: 415,
    code: 'BAD_REQUEST',
  },
  {
    name: 'a plain-text body',
    request: send('text/plain', (variant) => JSON.stringify({ query: varied('{ __typename }', variant) })),
    status: 415,
    code: 'BAD_REQUEST',
  },
];
