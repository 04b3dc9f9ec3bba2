import { createServer } from 'vite';
import { graphPath } from '../build/discover.ts';
import { clientConfig } from '../build/web-client.ts';
import { fail } from './command-line/arguments.ts';

/** Serves the graph's client from its source: the page reloads as it changes. Takes the system that `npm start` runs. */
try {
  const configFile = clientConfig();
  if (!configFile) throw new Error(`This graph has no client: ${graphPath('client/vite.config.ts')} would make one.`);
  const server = await createServer({ configFile });
  await server.listen();
  server.printUrls();
} catch (error) {
  fail(error);
}
