import { eventually } from './eventually.ts';
import { BOOK, Library, OFFER } from './library.ts';
import type { Answer, TestSystem } from './system.ts';

/** Requests of clients to the whole system. */

const BOOKS = 60;

let library: Library;
let system: TestSystem;
let ada: string;
let lin: string;
let bookId: string;
beforeAll(async () => {
  library = await Library.start();
  ({ system } = library);
  [ada, lin] = [await system.user('ada'), await system.user('lin', 'librarian')];
  bookId = await library.offer(ada, { title: 'Middlemarch' });
}, 120_000);
afterAll(() => system.close());

interface Page {
  hasNextPage: boolean;
  endCursor: string | null;
}

const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions?.code;

describe('a visitor', () => {
  const LIST = `query ($first: Int! = 20, $after: String) { books(first: $first, after: $after) {
    edges { node { id title loanCount isAvailable postageCents owner { name } } } pageInfo { hasNextPage endCursor }
  } }`;
  beforeAll(async () => {
    const volumes = Array.from({ length: BOOKS }, (_, i) => ({ ...BOOK, title: `Volume ${i + 1}` }));
    for (const [i, input] of volumes.entries()) await system.ask(OFFER, { input }, i % 2 ? ada : lin);
    await eventually(async () => {
      const { books } = await system.ask('{ books(first: 100) { edges { node { isAvailable } } } }');
      expect(books.edges).toEqual(Array(BOOKS + 1).fill({ node: { isAvailable: true } }));
    });
  }, 60_000);

  test('gets one response from four services', async () => {
    const { book } = await system.ask(
      `{ book(id: "${bookId}") { title genre { name } loanCount isAvailable postageCents owner { name books(first: 100) { edges { node { title } } } } } }`,
    );
    expect(book).toEqual({
      title: 'Middlemarch',
      genre: { name: 'Novels' },
      loanCount: 0,
      isAvailable: true,
      postageCents: 250,
      owner: { name: 'ada', books: { edges: expect.arrayContaining([{ node: { title: 'Middlemarch' } }]) } },
    });
  });

  test('pages through all books: each page is full, and no book appears twice', async () => {
    const ids: string[] = [];
    for (let page: Page = { hasNextPage: true, endCursor: null }; page.hasNextPage; ) {
      const { books } = await system.ask(LIST, { first: 25, after: page.endCursor });
      ids.push(...books.edges.map(({ node }: { node: { id: string } }) => node.id));
      page = books.pageInfo;
      expect(books.edges.length === 25 || !page.hasNextPage).toBe(true);
    }
    expect(ids.length).toBeGreaterThan(BOOKS);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a page of 50 books with their owners and counts takes one batch read per subgraph', async () => {
    system.system.aws.tableCalls.clear();
    const { books } = await system.ask(LIST, { first: 50 });
    expect(books.edges).toHaveLength(50);
    const calls = [...system.system.aws.tableCalls].filter(([call]) => !/-(consumer|publisher) /.test(call));
    expect(Object.fromEntries(calls)).toEqual({
      'library-dev-books Query': 1,
      'library-dev-members BatchGetItem': 1,
      'library-dev-popularity BatchGetItem': 1,
      'library-dev-loans BatchGetItem': 1,
    });
  });

  test.each([
    { first: 1_000 },
    { after: 'garbage' },
    { after: Buffer.from('{"id":1}').toString('base64url') },
    { after: Buffer.from('{"id":"1"}').toString('base64url') },
    { after: Buffer.from('{"id":"1","ageKey":"","x":"y"}').toString('base64url') },
  ])('gets an error for the arguments %j', async (variables) => {
    expect(codeOf(await system.query(LIST, variables))).toBe('BAD_USER_INPUT');
  });

  test('has no user, and cannot write', async () => {
    expect(await system.ask('{ me { id } }')).toEqual({ me: null });
    expect(codeOf(await system.query('mutation { takeBackBook(id: "1") { __typename } }'))).toBe('UNAUTHENTICATED');
  });

  test('cannot query an inaccessible field', async () => {
    const answer = await system.query(`{ book(id: "${bookId}") { weightGrams } }`);
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('a token', () => {
  test.each(['garbage', 'a.b.c', `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.AA`])(
    '%s gets 401',
    async (token) => {
      const answer = await system.query('{ me { id } }', {}, token);
      expect(answer.status).toBe(401);
      expect(codeOf(answer)).toBe('UNAUTHENTICATED');
    },
  );

  test('of a new user makes them a member, once', async () => {
    const token = await system.token('new@example.com');
    const answers = await Promise.all([1, 2, 3].map(() => system.ask('{ me { id name email } }', {}, token)));
    expect(answers[0].me).toEqual({ id: expect.any(String), name: 'new', email: 'new@example.com' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('shows an e-mail address only to its owner', async () => {
    const query = '{ member(id: "ada") { email } }';
    const [mine, theirs] = [await system.ask(query, {}, ada), await system.ask(query, {}, lin)];
    expect([mine.member.email, theirs.member.email]).toEqual(['ada@example.com', null]);
  });
});

describe('a viewer', () => {
  const refused = (...path: string[]) =>
    expect.objectContaining({
      path,
      extensions: expect.objectContaining({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' }),
    });

  test('without a token gets errors for fields that need a sign-in, and their subgraphs are not called', async () => {
    system.system.aws.tableCalls.clear();
    const { status, data, errors } = await system.query(
      `{ mine: figures { loans } book(id: "${bookId}") { title owner { name loans { edges { cursor } } } } }`,
    );
    const book = { title: 'Middlemarch', owner: { name: 'ada', loans: null } };
    expect({ status, data }).toEqual({ status: 200, data: { mine: null, book } });
    expect(errors).toEqual(expect.arrayContaining([refused('mine'), refused('book', 'owner', 'loans')]));
    expect([...system.system.aws.tableCalls.keys()].join()).not.toMatch(/loans|popularity/);
  });

  test('gets a field with a policy only if the policy allows it', async () => {
    const query = '{ figures { books } }';
    expect(await system.query(query, {}, ada)).toMatchObject({ data: { figures: null }, errors: [refused('figures')] });
    expect(await system.ask(query, {}, lin)).toEqual({ figures: { books: expect.any(Number) } });
  });

  test('gets a field with a scope only if the token has it', async () => {
    const query = '{ me { borrowedCount } }';
    expect((await system.query(query, {}, ada)).errors).toEqual([refused('me', 'borrowedCount')]);
    const scoped = await system.token('ada@example.com', 'figures:read');
    expect(await system.ask(query, {}, scoped)).toEqual({ me: { borrowedCount: expect.any(Number) } });
  });
});

describe('one book', () => {
  const AT_ONCE = 40;
  const many = <T>(make: (i: number) => Promise<T>) => Promise.all(Array.from({ length: AT_ONCE }, (_, i) => make(i)));

  test('that many members request at once is lent once, and again after its return', async () => {
    const id = await library.offer(ada);
    const answers = await many(() => library.borrow(id, lin));
    const [loan, ...others] = answers.filter(({ __typename }) => __typename === 'Loan');
    expect(others).toEqual([]);
    expect(answers.filter(({ __typename }) => __typename === 'BookOut')).toHaveLength(AT_ONCE - 1);
    const give = 'mutation ($id: ID!) { returnBook(id: $id) { ... on Loan { status } } }';
    for (const _ of [1, 2])
      expect(await system.ask(give, { id: loan.id }, lin)).toEqual({ returnBook: { status: 'RETURNED' } });
    expect(await library.borrow(id, ada)).toMatchObject({ __typename: 'Loan', status: 'OUT' });
  }, 60_000);

  test('is lent once for an idempotency key, however often it is sent', async () => {
    const id = await library.offer(ada);
    const answers = await many(() => library.borrow(id, lin, 'the same'));
    for (const answer of answers) expect(answer).toEqual({ ...answers[0], __typename: 'Loan' });
    expect(await library.borrow(bookId, lin, 'the same')).toMatchObject({ __typename: 'IdempotencyKeyReused' });
  }, 60_000);

  test('that its owner has taken back is not lent', async () => {
    const id = await library.offer(ada);
    await system.ask('mutation ($id: ID!) { takeBackBook(id: $id) { __typename } }', { id }, ada);
    await library.becomesAvailable(id, false);
    expect(await library.borrow(id, lin)).toMatchObject({ __typename: 'BookNotOffered' });
  });
});

describe('a request that is too large', () => {
  const nested = (levels: number) =>
    `{ books { edges { node { owner { ${'books { edges { node { owner { '.repeat(levels)} name `;
  const close = (levels: number) => ' }'.repeat(5 + 4 * levels);
  const aliases = Array.from({ length: 61 }, (_, i) => `a${i}: __typename`).join(' ');

  test.each([
    ['levels of fields', 400, 'OPERATION_TOO_LARGE', `${nested(6)}${close(6)}`],
    ['aliases', 400, 'OPERATION_TOO_LARGE', `{ ${aliases} }`],
    ['tokens', 400, 'OPERATION_TOO_LARGE', `{ ${'__typename '.repeat(5_001)} }`],
    ['cost', 400, 'OPERATION_TOO_COSTLY', `${nested(3)}${close(3)}`],
    ['bytes', 413, 'REQUEST_TOO_LARGE', `{ __typename } # ${' '.repeat(600_000)}`],
  ])('in %s is refused with %i, without a call of a subgraph', async (_, status, code, query) => {
    system.system.aws.tableCalls.clear();
    const answer = await system.query(query);
    expect(answer).toMatchObject({ status, errors: [{ extensions: { code } }] });
    expect(system.system.aws.tableCalls.size).toBe(0);
  });
});

async function post(path: string, body: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${library.url}${path}`, { method: 'POST', headers, body });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}

describe('the front door', () => {
  test.each([
    ['no JSON', '{'],
    ['no query', '{}'],
    ['a syntax error', JSON.stringify({ query: '{' })],
    ['an unknown field', JSON.stringify({ query: '{ nothing }' })],
    ['an unknown operation name', JSON.stringify({ query: '{ __typename }', operationName: 'Nothing' })],
    ['two operations and no name', JSON.stringify({ query: 'query A { __typename } query B { __typename }' })],
    ['a subscription', JSON.stringify({ query: 'subscription { nothing }' })],
  ])('responds to %s with 400 and a message', async (_, body) => {
    const { status, errors } = await post('/graphql', body);
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toEqual(expect.any(String));
  });

  test('reports its health, and responds to unknown paths with 404', async () => {
    expect(await (await fetch(`${library.url}/health`)).json()).toMatchObject({ status: 'ok' });
    expect((await fetch(`${library.url}/nothing`)).status).toBe(404);
  });

  test.each([
    ['DELETE', '/graphql', 'GET, POST'],
    ['PUT', '/graphql/public', 'GET, POST'],
    ['POST', '/health', 'GET'],
  ])('responds to %s %s with 405 and the methods of the path', async (method, path, allow) => {
    const response = await fetch(`${library.url}${path}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
  });

  test.each(['/graphql', '/health', '/nothing'])('logs a request of %s in one line, with its id', async (path) => {
    const response = await fetch(`${library.url}${path}`);
    const text = await response.text();
    const requestId = response.headers.get('x-request-id') ?? 'none';
    const ofRequest = () => system.logs.filter((line) => line.includes(requestId));
    await eventually(async () => expect(ofRequest()).toHaveLength(1));
    expect(JSON.parse(ofRequest()[0]?.replace(/^\S+ /, '') ?? '')).toMatchObject({
      message: 'answered',
      requestId,
      route: `GET ${path}`,
      status: response.status,
      ip: expect.stringMatching(/127\.0\.0\.1$|^::1$/),
      bytes: Buffer.byteLength(text),
      Latency: expect.any(Number),
    });
  });
});

describe('a contract', () => {
  const at = (path: string, query: string) => post(path, JSON.stringify({ query }));

  test('serves its part of the graph at its own path', async () => {
    const query = `{ book(id: "${bookId}") { title genre { name } loanCount owner { name } } }`;
    const whole = await at('/graphql', query);
    expect(whole.status).toBe(200);
    expect(await at('/graphql/public', query)).toEqual(whole);
  });

  test('does not expose the rest of the graph', async () => {
    for (const query of ['{ figures { loans } }', '{ me { id } }', '{ __type(name: "Loan") { name } }'])
      expect(JSON.stringify(await at('/graphql/public', query))).toMatch(/GRAPHQL_VALIDATION_FAILED|"__type":null/);
  });

  test('that does not exist is 404', async () => {
    expect((await at('/graphql/unknown', '{ __typename }')).status).toBe(404);
  });
});
