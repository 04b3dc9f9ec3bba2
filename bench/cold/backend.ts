import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { invokedFunction } from '../../local/aws/lambda/invoke-api.ts';
import { madeUpAnswers, type SubgraphOperation } from './made-up-answers.ts';

/** What stands behind a gateway while its start is timed. */
export interface Backend {
  url: string;
  close(): void;
}

/**
 * Serves every subgraph of the library twice, with the same answers: at `/NAME` as GraphQL over HTTP, and as a function
 * `${functionPrefix}NAME` that is invoked.
 */
export async function startBackend(functionPrefix: string): Promise<Backend> {
  const answers = madeUpAnswers();
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    const subgraph = invokedFunction({ method, url })?.name.slice(functionPrefix.length) ?? url.slice(1);
    try {
      const answer = await answers(subgraph, (await json(request)) as SubgraphOperation);
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    } catch (error) {
      response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ message: String(error) }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
