import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { Report } from '@apollo/usage-reporting-protobuf';
import { sendReport } from './send-report.ts';
import { splitBySize } from './split-by-size.ts';

const received: Report[] = [];
let answers: [status: number, body: string][] = [];
const server = createServer(async (incoming, outgoing) => {
  received.push(Report.decode(gunzipSync(Buffer.concat(await incoming.toArray()))));
  const [status, body] = answers.shift() ?? [0, ''];
  if (status === 0) return incoming.socket.destroy();
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends a report to an ingress that answers so; returns the result and the number of attempts. */
async function send(...to: typeof answers) {
  received.length = 0;
  answers = to;
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const result = await sendReport(Report.create({ header: {}, operationCount: 7 }), { address, apiKey: 'k3y' }).catch(
    ({ message }: Error) => message,
  );
  expect(received.every(({ operationCount }) => operationCount === 7)).toBe(true);
  return { result, attempts: received.length };
}

test.each([
  ['accepts it', [[200, '{"tracesIgnored":false}']], { result: { storesTraces: true }, attempts: 1 }],
  ['stores no traces', [[200, '{"tracesIgnored": true}']], { result: { storesTraces: false }, attempts: 1 }],
  [
    'is busy at first',
    [
      [503, 'busy'],
      [502, ''],
      [202, ''],
    ],
    { result: { storesTraces: true }, attempts: 3 },
  ],
  [
    'closes the connection at first',
    [
      [0, ''],
      [200, '{}'],
    ],
    { result: { storesTraces: true }, attempts: 2 },
  ],
  [
    'rejects the key',
    [[403, 'invalid key']],
    { result: 'Apollo Studio did not accept the report: 403 invalid key', attempts: 1 },
  ],
  [
    'stays busy',
    Array.from({ length: 9 }, (): [number, string] => [500, 'busy']),
    { result: 'Apollo Studio did not accept the report: 500 busy', attempts: 5 },
  ],
] as [string, typeof answers, object][])('a report to an ingress that %s', async (_, to, outcome) => {
  expect(await send(...to)).toEqual(outcome);
});

test('the lines of one event become several reports if they are long', () => {
  expect(splitBySize(['aa', 'bb', 'c', 'dddddd', 'e'], 4)).toEqual([['aa', 'bb'], ['c'], ['dddddd'], ['e']]);
  expect(splitBySize([], 4)).toEqual([]);
});
