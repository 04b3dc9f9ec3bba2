import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../../../test/eventually.ts';
import { TestLambda } from '../../../test/lambda.ts';
import { httpApi } from '../../http/http-api.ts';

/** Responses to clients when a function's process is killed, as from API Gateway and Lambda. */

const lambda = new TestLambda();
const functionName = lambda.put('behaviour.serve');
const route = { method: 'POST', path: '/', functionName, qualifier: 'live' };
let server: Server;

beforeAll(async () => {
  const api = httpApi({
    routes: () => [route],
    cors: () => undefined,
    invoke: (name, payload, qualifier) => lambda.service.invoke(name, payload, { qualifier }),
  });
  server = createServer((incoming, outgoing) => void api(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await lambda.service.close();
});

async function send(body: string): Promise<{ status: number; text: string }> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

/** Returns the ids of the processes that received requests with a body, one per request. */
function receivers(body: string): number[] {
  const lines = lambda.lines.map((line) => new RegExp(`"?${body} in (\\d+)`).exec(line)?.[1]);
  return lines.flatMap((pid) => (pid ? [Number(pid)] : []));
}

test('a request in flight fails with 500 and is not retried; the next request gets another process', async () => {
  const waiting = [send('wait'), send('wait')];
  await eventually(async () => expect(receivers('wait')).toHaveLength(2));
  const killed = receivers('wait');
  for (const pid of killed) process.kill(pid, 'SIGKILL');
  const failed = { status: 500, text: '{"message":"Internal Server Error"}' };
  expect(await Promise.all(waiting)).toEqual([failed, failed]);
  const { status, text } = await send('next');
  expect(status).toBe(200);
  expect(killed).not.toContain(Number(text));
  expect(receivers('wait')).toEqual(killed);
});

test('no request fails when a process is killed between requests', async () => {
  const { text } = await send('first');
  process.kill(Number(text), 'SIGKILL');
  await eventually(async () => expect(() => process.kill(Number(text), 0)).toThrow('ESRCH'));
  const next = await send('second');
  expect(next.status).toBe(200);
  expect(next.text).not.toBe(text);
});
