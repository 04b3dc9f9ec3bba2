import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { graphPath, ROOT } from './discover.ts';

/** A client with registered operations. */
export interface Client {
  name: string;
  /** Glob patterns of its documents, relative to the project root. */
  documents: string[];
}

/** A client whose source is in this repository. */
export interface ClientFolder extends Client {
  /** Relative to the root. */
  directory: string;
}

/** Returns the clients in the graph folder: `client/` is the client `web`. */
export function discoverClients(root = ROOT): ClientFolder[] {
  const directory = graphPath('client', root);
  if (!existsSync(join(root, directory))) return [];
  return [{ name: 'web', directory, documents: [`${directory}/**/*.graphql`] }];
}
