import { createHash } from 'node:crypto';
import { HeaderMap } from '@apollo/server';
import { requestContext } from '../../gateway/context.ts';
import { gatewayServer } from '../../gateway/server.ts';
import { OperationUsage } from '../../gateway/usage/operation-usage.ts';
import { compose, inProcess, service } from './gateway.ts';

const greeter = service('greeter', 'type Query { hello: String }', { Query: { hello: () => 'hello' } });

test('what usage is reported by is remembered, however often the operation runs', async () => {
  const supergraphSdl = compose([greeter]);
  const { server, prepared } = gatewayServer({
    supergraphSdl,
    introspection: true,
    transportFor: () => inProcess(greeter),
  });
  await server.start();
  // So long that a few of them would fill the cache.
  const query = `query ${'LongName'.repeat(10_000)} { hello }`;
  const httpGraphQLRequest = {
    method: 'POST',
    search: '',
    body: { query },
    headers: new HeaderMap([['content-type', 'application/json']]),
  };
  for (let run = 0; run < 30; run++) {
    const context = async () => ({ ...requestContext({}, 10_000), usage: new OperationUsage(0) });
    const { status } = await server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context });
    expect(status ?? 200).toBe(200);
  }
  const id = createHash('sha256').update(query).digest('hex');
  const remembered = prepared.find({ id, operationName: undefined, byText: true });
  expect(remembered?.usage).toEqual({ key: expect.stringContaining('LongName') });
  await server.stop();
});
