import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../../../test/eventually.ts';
import { TestLambda } from '../../../test/lambda.ts';
import { frontDoor } from '../../http/function-url.ts';

/** Responses to clients when a function's process is killed, as from a function URL. */

const lambda = new TestLambda();
const functionName = lambda.put('behaviour.serve');
const url = { functionName, qualifier: 'live', isStreamed: true };
let server: Server;

beforeAll(async () => {
  const door = frontDoor({
    url: () => url,
    invoke: (name, payload, options) => lambda.service.invoke(name, payload, options),
  });
  server = createServer((incoming, outgoing) => void door(incoming, outgoing));
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

test('a request in flight fails with 502 and is not retried; the next request gets another process', async () => {
  const waiting = [send('wait'), send('wait')];
  await eventually(async () => expect(receivers('wait')).toHaveLength(2));
  const killed = receivers('wait');
  for (const pid of killed) process.kill(pid, 'SIGKILL');
  const failed = { status: 502, text: 'Internal Server Error' };
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
