import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requestWith } from '../../../test/gateway-request.ts';
import type { RequestExplanation } from '../../explain/request-explanation.ts';
import type { GatewayRequest } from '../../request.ts';
import { SubgraphClient } from '../subgraph-client.ts';
import type { LambdaEndpoint } from './invoke.ts';
import { transportFor } from './transport-for.ts';

interface Failure {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

let failures: Failure[] = [];
const seen: { path: string | undefined; body: Record<string, unknown> }[] = [];
const server = createServer(async (incoming, outgoing) => {
  let body = '';
  for await (const chunk of incoming) body += chunk;
  seen.push({ path: incoming.url, body: JSON.parse(body) });
  const [failure] = failures;
  failures = failures.slice(1);
  if (failure) outgoing.writeHead(failure.status, failure.headers).end(failure.body);
  else outgoing.end('{"data":{"name":"Ada"}}');
});

let lambda: LambdaEndpoint;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'x', secretAccessKey: 'y' };
  lambda = { url: new URL(`http://127.0.0.1:${port}`), region: 'eu-west-1', credentials };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  failures = [];
  seen.length = 0;
});

const THROTTLED = {
  status: 429,
  headers: { 'x-amzn-errortype': 'TooManyRequestsException' },
  body: '{"Reason":"ConcurrentInvocationLimitExceeded"}',
};
const CRASHED = {
  status: 200,
  headers: { 'x-amz-function-error': 'Unhandled' },
  body: '{"errorType":"Runtime.ExitError"}',
};

const TOO_LARGE = {
  status: 200,
  headers: { 'x-amz-function-error': 'Unhandled' },
  body: '{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}',
};

function send(kind: 'query' | 'mutation' = 'query', more: Partial<GatewayRequest> = {}) {
  const transport = transportFor('lambda://people', { lambda, functionPrefix: 'graph-' });
  const caller = {
    ...requestWith({ authorization: 'Bearer secret' }, 5_000),
    viewer: { id: 'u1', groups: [], scopes: [] },
    ...more,
  };
  const client = new SubgraphClient({ name: 'people', transport });
  return client.send({ kind, members: '"query":"{name}","operationName":"Q"' }, '{"id":1}', caller);
}

describe('a subgraph behind Lambda', () => {
  test('is invoked by its alias with operation, viewer, trace and deadline', async () => {
    expect(await send()).toEqual({ data: { name: 'Ada' } });
    expect(seen).toEqual([
      {
        path: '/2015-03-31/functions/graph-people/invocations?Qualifier=live',
        body: {
          query: '{name}',
          operationName: 'Q',
          variables: { id: 1 },
          viewer: { id: 'u1', groups: [], scopes: [] },
          requestId: expect.any(String),
          traceparent: expect.stringMatching(/^00-/),
          deadline: expect.any(Number),
        },
      },
    ]);
  });

  test('is requested to explain its run only for an explained request', async () => {
    await send();
    await send('query', { explanation: {} as RequestExplanation });
    expect(seen.map(({ body }) => body.explain)).toEqual([undefined, true]);
  });

  test('a throttled query is retried once, a mutation is not', async () => {
    failures = [THROTTLED];
    expect(await send()).toEqual({ data: { name: 'Ada' } });
    expect(seen).toHaveLength(2);
    failures = [THROTTLED];
    await expect(send('mutation')).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(seen).toHaveLength(3);
  });

  test('is unavailable when it crashes', async () => {
    failures = [CRASHED];
    await expect(send()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(seen).toHaveLength(1);
  });

  test('returns RESPONSE_TOO_LARGE for a response over the Lambda limit, which does not count as a failed call', async () => {
    failures = [TOO_LARGE];
    const counts = { subgraphCalls: 0, failedCalls: 0, errors: 0 };
    await expect(send('query', { counts })).rejects.toMatchObject({
      code: 'RESPONSE_TOO_LARGE',
      message: 'returned a response that is too large. Request fewer objects.',
    });
    expect(counts).toEqual({ subgraphCalls: 1, failedCalls: 0, errors: 0 });
  });
});
