import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { subscriptionClient } from './subscription-client.ts';

let server: WebSocketServer;
/** Messages of the clients. */
const received: { type: string; id?: string; payload?: unknown }[] = [];
/** What the server does at a subscription. */
let onSubscribe: (socket: WebSocket, id: string) => void;

beforeEach(async () => {
  received.length = 0;
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/graphql' });
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      received.push(message);
      if (message.type === 'connection_init') send(socket, { type: 'connection_ack' });
      if (message.type === 'subscribe') onSubscribe(socket, message.id);
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const send = (socket: WebSocket, message: object) => socket.send(JSON.stringify(message));

function clientFor(token: () => string | undefined, onClosing = (_: string) => {}) {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const authorized = async () => new Headers(token() ? { authorization: `Bearer ${token()}` } : {});
  return subscriptionClient({ endpoint, authorized, onClosing });
}

const query = 'subscription { changed }';
async function read(client: ReturnType<typeof clientFor>): Promise<unknown[]> {
  const results: unknown[] = [];
  for await (const result of client.iterate({ query })) results.push(result);
  return results;
}

test('each connection has the token of the session at that time', async () => {
  onSubscribe = (socket, id) => {
    send(socket, { type: 'next', id, payload: { data: { changed: 1 } } });
    send(socket, { type: 'complete', id });
  };
  let token: string | undefined;
  const client = clientFor(() => token);
  expect(await read(client)).toEqual([{ data: { changed: 1 } }]);
  await new Promise((resolve) => client.on('closed', resolve));
  token = 'of-ada';
  await read(client);
  const initial = received.filter(({ type }) => type === 'connection_init').map(({ payload }) => payload);
  expect(initial).toEqual([{}, { authorization: 'Bearer of-ada' }]);
  expect(received.find(({ type }) => type === 'subscribe')?.payload).toEqual({ query });
});

test("a subscription ends with the gateway's reason, and does not connect again", async () => {
  onSubscribe = (socket) => {
    send(socket, { type: 'ping' });
    send(socket, { type: 'ping', payload: { closing: { code: 4403, reason: 'Forbidden' } } });
    setImmediate(() => socket.close(1000));
  };
  const reasons: string[] = [];
  const client = clientFor(
    () => undefined,
    (reason) => reasons.push(reason),
  );
  await expect(read(client)).rejects.toBeDefined();
  expect(reasons).toEqual(['Forbidden']);
  expect(received.filter(({ type }) => type === 'connection_init')).toHaveLength(1);
});
