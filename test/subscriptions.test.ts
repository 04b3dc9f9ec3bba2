import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { eventually } from './eventually.ts';
import { Library } from './library.ts';

let library: Library;
let owner: string;
let reader: string;
const clients: Client[] = [];
beforeAll(async () => {
  library = await Library.start();
  owner = await library.system.token('owner@library.example');
  reader = await library.system.token('reader@library.example');
}, 120_000);
afterAll(async () => {
  for (const client of clients) await client.dispose();
  await library.close();
});

/** Follows a subscription by the library graphql-ws; returns its results so far, once events reach it. */
async function follow(query: string, variables: Record<string, unknown>, token?: string) {
  const url = library.system.system.webSocketUrl;
  if (!url) throw new Error('The system has no WebSocket API');
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(token && { connectionParams: { authorization: `Bearer ${token}` } }),
  });
  clients.push(client);
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its results
  const results: any[] = [];
  let isStarted = false;
  let failure: unknown;
  client.on('pong', (_, payload) => {
    isStarted ||= payload?.subscribed !== undefined;
  });
  const end = client.subscribe(
    { query, variables },
    {
      next: (result) => results.push(result),
      error: (error) => {
        failure = error;
      },
      complete: () => {},
    },
  );
  await eventually(async () => expect({ isStarted, failure }).toEqual({ isStarted: true, failure: undefined }));
  return { results, end };
}

const TAKE_BACK = 'mutation ($id: ID!) { takeBackBook(id: $id) { __typename } }';

test('a change reaches the clients that follow it, with the data of all services', async () => {
  const [book, other] = [await library.offer(owner), await library.offer(owner)];
  const query = 'subscription ($id: ID!) { bookChanged(id: $id) { title isOffered isAvailable } }';
  const first = await follow(query, { id: book });
  const second = await follow(query, { id: book }, reader);
  const unrelated = await follow(query, { id: other });
  await library.system.ask(TAKE_BACK, { id: book }, owner);
  const bookChanged = { title: 'The Waves', isOffered: false, isAvailable: expect.any(Boolean) };
  for (const { results } of [first, second]) {
    await eventually(async () => expect(results).toHaveLength(1));
    expect(results[0]).toMatchObject({ data: { bookChanged }, extensions: { event: { entityId: book } } });
  }
  expect(unrelated.results).toEqual([]);
}, 120_000);

test('a private change reaches its viewer, and an ended subscription gets nothing', async () => {
  const book = await library.offer(owner);
  const query = 'subscription ($id: ID!) { loansOfBook(bookId: $id) { status book { title } } }';
  const own = await follow(query, { id: book }, reader);
  const ended = await follow(query, { id: book }, reader);
  const foreign = await follow(query, { id: book }, owner);
  ended.end();
  expect(await library.borrow(book, reader)).toMatchObject({ __typename: 'Loan' });
  await eventually(async () => expect(own.results).toHaveLength(1));
  expect(own.results[0].data).toEqual({ loansOfBook: { status: 'OUT', book: { title: 'The Waves' } } });
  await eventually(async () => expect(foreign.results).toMatchObject([{ data: { loansOfBook: null } }]));
  expect(ended.results).toEqual([]);
}, 120_000);
