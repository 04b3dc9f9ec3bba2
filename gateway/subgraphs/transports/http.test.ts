import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { requestWith } from '../../../test/gateway-request.ts';
import { SubgraphFailure } from '../../engine/run/subgraph-failure.ts';
import { SubgraphClient } from '../subgraph-client.ts';
import { post } from './http.ts';

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse, body: string) => void;

let answers: Answer[] = [];
const seen: { headers: IncomingMessage['headers']; body: string; port: number | undefined }[] = [];
const server = createServer(async (incoming, outgoing) => {
  let body = '';
  for await (const chunk of incoming) body += chunk;
  seen.push({ headers: incoming.headers, body, port: incoming.socket.remotePort });
  const [answer = ok] = answers;
  answers = answers.slice(1);
  answer(incoming, outgoing, body);
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  answers = [];
  seen.length = 0;
});

const ok: Answer = (_, outgoing) => outgoing.end('{"data":{"name":"Ada"}}');
const status =
  (code: number, body = ''): Answer =>
  (_, outgoing) =>
    outgoing.writeHead(code).end(body);
const dropped: Answer = (incoming) => incoming.socket.destroy();
const hangs: Answer = () => {};

const QUERY = { kind: 'query', members: '"query":"{name}"' } as const;
const MUTATION = { kind: 'mutation', members: '"query":"mutation{name}"' } as const;

function send(
  operation: typeof QUERY | typeof MUTATION = QUERY,
  { timeout = 2_000, deadline = 5_000, headers = {} } = {},
) {
  const { port } = server.address() as AddressInfo;
  const client = new SubgraphClient({
    name: 'people',
    transport: post(`http://127.0.0.1:${port}/graphql?x=1`),
    timeout,
  });
  return client.send(operation, '{"id":1}', requestWith(headers, deadline));
}

const failure = (code: string) => expect.objectContaining({ name: 'SubgraphFailure', code });

describe('a subgraph over HTTP', () => {
  test('receives the operation and the trace context but no client headers, on a keep-alive connection', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = { traceparent, authorization: 'Bearer secret', cookie: 'a=b', 'x-viewer': 'admin' };
    expect(await send(QUERY, { headers })).toEqual({ data: { name: 'Ada' } });
    // The connection is returned to the pool after the response.
    await new Promise((resolve) => setImmediate(resolve));
    await send();
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ query: '{name}', variables: { id: 1 } });
    expect(seen[0]?.headers).toMatchObject({ traceparent, 'content-type': 'application/json' });
    expect(JSON.stringify(seen[0]?.headers)).not.toMatch(/secret|cookie|viewer/);
    expect(seen[0]?.port).toBe(seen[1]?.port);
  });

  test.each([
    ['throttled with 429', status(429)],
    ['throttled with 503', status(503, '{"errors":[]}')],
    ['dropped', dropped],
  ])('a query that is %s is retried once, a mutation is not', async (_, rejection) => {
    answers = [rejection];
    expect(await send()).toEqual({ data: { name: 'Ada' } });
    expect(seen).toHaveLength(2);
    answers = [rejection];
    await expect(send(MUTATION)).rejects.toEqual(failure('SUBGRAPH_UNAVAILABLE'));
    expect(seen).toHaveLength(3);
  });

  test('a query is retried only once', async () => {
    answers = [status(429), status(429)];
    await expect(send()).rejects.toEqual(failure('SUBGRAPH_UNAVAILABLE'));
    expect(seen).toHaveLength(2);
  });

  test.each([
    ['its own timeout', { timeout: 80 }],
    ["the client's deadline", { deadline: 80 }],
  ])('times out after %s', async (_, limits) => {
    answers = [hangs];
    const began = Date.now();
    await expect(send(QUERY, limits)).rejects.toEqual(failure('SUBGRAPH_TIMEOUT'));
    expect(Date.now() - began).toBeLessThan(1_500);
  });

  test.each([
    ['invalid JSON', status(200, '<html>')],
    ['an empty body', status(200)],
    ['null', status(200, 'null')],
    ['a list', status(200, '[]')],
    ['neither data nor errors', status(200, '{"extensions":{}}')],
    ['data that is not an object', status(200, '{"data":"x"}')],
    ['errors that are not a list', status(200, '{"data":null,"errors":"x"}')],
    ['errors that are not objects', status(200, '{"errors":[null]}')],
    ['a 404 page', status(404, 'Not found')],
  ])('that returns %s is a bad response', async (_, garbage) => {
    answers = [garbage];
    await expect(send()).rejects.toEqual(failure('SUBGRAPH_BAD_RESPONSE'));
  });

  test('is unavailable for an error status without a GraphQL response, which is returned otherwise', async () => {
    answers = [status(500, 'stack trace')];
    await expect(send()).rejects.toEqual(failure('SUBGRAPH_UNAVAILABLE'));
    answers = [status(400, '{"errors":[{"message":"no"}]}')];
    expect(await send()).toEqual({ errors: [{ message: 'no' }] });
  });

  test('is unavailable when it does not listen, and the message does not show its address', async () => {
    const client = new SubgraphClient({ name: 'people', transport: post('http://127.0.0.1:1/graphql') });
    const error: unknown = await client.send(QUERY, '{}', requestWith({}, 1_000)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SubgraphFailure);
    expect(String(error)).not.toMatch(/127\.0\.0\.1|ECONN/);
  });
});

test('a TLS handshake that hangs times out', async () => {
  const sockets: Socket[] = [];
  const silent = createTcpServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as AddressInfo;
  // The server never sends its part of the TLS handshake.
  const client = new SubgraphClient({ name: 'people', transport: post(`https://127.0.0.1:${port}/`), timeout: 200 });
  const began = performance.now();
  await expect(client.send(QUERY, '{}', requestWith({}, 5_000))).rejects.toEqual(failure('SUBGRAPH_TIMEOUT'));
  expect(performance.now() - began).toBeLessThan(2_000);
  for (const socket of sockets) socket.destroy();
  silent.close();
});
