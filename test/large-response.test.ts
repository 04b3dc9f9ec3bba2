import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { eventually } from './eventually.ts';
import { BOOK, Library, OFFER } from './library.ts';

/** A response of 50 MB through the whole system: the client, the front door, the gateway's function. */

/** A member's books, whose summaries have 34 KB each: about 1.7 MB, in the response of one subgraph call. */
const BOOKS = 50;
const SUMMARY = 'A sentence of a summary — in UTF-8. '.repeat(900);
/** How often the response has them. */
const COPIES = 30;
const MB = 1_000_000;

let library: Library;
let member: string;
beforeAll(async () => {
  library = await Library.start();
  const token = await library.system.user('ada');
  for (let n = 0; n < BOOKS; n += 5)
    await Promise.all(Array.from({ length: 5 }, (_, i) => offer(`Book ${n + i}`, token)));
  member = (await library.system.ask('{ me { id } }', {}, token)).me.id;
}, 120_000);
afterAll(() => library.close());

const offer = (title: string, token: string) =>
  library.system.ask(OFFER, { input: { ...BOOK, title, summary: SUMMARY } }, token);

const copies = Array.from({ length: COPIES }, (_, n) => `m${n}: member(id: $id) { ...Books }`).join(' ');
const QUERY = `query Large($id: ID!) { ${copies} }
  fragment Books on Member { books(first: ${BOOKS}) { edges { node { title summary } } } }`;

/** Sends the query; returns the response before its body. */
async function open(): Promise<IncomingMessage> {
  const headers = { 'content-type': 'application/json' };
  const outgoing = request(`${library.url}/graphql`, { method: 'POST', headers });
  outgoing.end(JSON.stringify({ query: QUERY, variables: { id: member } }));
  const [response] = await once(outgoing, 'response');
  return response;
}

test('arrives whole, in chunks', async () => {
  const response = await open();
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
  const text = Buffer.concat(await response.toArray()).toString('utf8');
  expect(Buffer.byteLength(text)).toBeGreaterThan(50 * MB);
  const { data, errors } = JSON.parse(text);
  expect(errors).toBeUndefined();
  const members: { books: { edges: { node: { title: string; summary: string } }[] } }[] = Object.values(data);
  expect(members).toHaveLength(COPIES);
  for (const { books } of members) {
    const titles = books.edges.map(({ node }) => node.title).sort();
    expect(new Set(titles).size).toBe(BOOKS);
    expect(books.edges.every(({ node }) => node.summary === SUMMARY)).toBe(true);
  }
}, 60_000);

test('ends its run if the client leaves in the middle, and the next request is answered', async () => {
  const response = await open();
  const id = response.headers['x-request-id'];
  await once(response, 'data');
  response.destroy();
  const hasEnded = (line: string) => line.includes(`"${id}"`) && line.includes('"route":"POST /graphql"');
  await eventually(async () => expect(library.system.logs.filter(hasEnded)).toHaveLength(1));
  expect(await library.system.ask('{ genres { id } }')).toMatchObject({ genres: expect.any(Array) });
}, 60_000);
