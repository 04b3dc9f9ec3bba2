import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serverAudits } from 'graphql-http';
import { nodeServer } from '../gateway/http/node-server.ts';
import { standaloneGateway } from '../gateway/standalone/standalone-gateway.ts';
import { compose, inProcess, service } from './federation/gateway.ts';
import { Library } from './library.ts';

let url = '';
const audits = serverAudits({ url: () => url }).filter(({ name }) => !name.startsWith('MAY'));

function passesAudits(start: () => Promise<string>, stop: () => Promise<void>): void {
  beforeAll(async () => {
    url = await start();
  }, 60_000);
  afterAll(stop);

  test.each(audits.map(({ name, fn }) => [name, fn] as const))('%s', async (_, run) => {
    const result = await run();
    expect('reason' in result ? result.reason : 'ok').toBe('ok');
  });
}

/** https://graphql.github.io/graphql-over-http/draft */
describe('GraphQL over HTTP of the whole system', () => {
  let library: Library;
  passesAudits(
    async () => {
      library = await Library.start();
      return `${library.url}/graphql`;
    },
    () => library.close(),
  );
});

describe('GraphQL over HTTP of the standalone gateway', () => {
  const one = service('one', 'type Query { hello: String }', { Query: { hello: () => 'Hello' } });
  let http: Server;
  passesAudits(
    async () => {
      const supergraphSdl = compose([one]);
      http = nodeServer(await standaloneGateway({ supergraphSdl, transportFor: () => inProcess(one) }));
      await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`;
    },
    async () => {
      http.closeAllConnections();
      http.close();
    },
  );
});
