import { createServer } from 'vite';
import { graphPath } from '../build/discover.ts';
import { clientConfig } from '../build/web-client.ts';
import { fail } from './command-line/arguments.ts';

/** Serves the graph's web client from source, with live reload. Uses the system that `npm start` runs. */
try {
  const configFile = clientConfig();
  if (!configFile) throw new Error(`This graph has no client: add ${graphPath('client/vite.config.ts')}.`);
  const server = await createServer({ configFile });
  await server.listen();
  server.printUrls();
} catch (error) {
  fail(error);
}
