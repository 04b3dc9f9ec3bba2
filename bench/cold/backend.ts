import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { generatedResponses, type SubgraphOperation } from '../../build/code-cache/generated-responses.ts';
import { LIBRARY, readSchemas } from '../../build/discover.ts';
import { invokedFunction } from '../../local/aws/lambda/invoke-api.ts';

/** Subgraphs behind a gateway during a cold start. */
export interface Backend {
  url: string;
  close(): void;
}

/**
 * Serves every subgraph of the library both as GraphQL over HTTP at `/NAME` and as the Lambda function
 * `${functionPrefix}NAME`, with the same responses.
 */
export async function startBackend(functionPrefix: string): Promise<Backend> {
  const answers = generatedResponses(readSchemas(LIBRARY), { listLength: 8 });
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
