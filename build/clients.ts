import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { graphPath, ROOT } from './discover.ts';

/** A client whose operations are known to the gateway. */
export interface Client {
  name: string;
  /** Patterns of the files with its documents, from the top of the project. */
  documents: string[];
}

/** A client whose source is here too. */
export interface ClientFolder extends Client {
  /** From the root. */
  directory: string;
}

/** The clients whose source is in the graph folder: `client/` is the client `web`. A graph may have none. */
export function discoverClients(root = ROOT): ClientFolder[] {
  const directory = graphPath('client', root);
  if (!existsSync(join(root, directory))) return [];
  return [{ name: 'web', directory, documents: [`${directory}/**/*.graphql`] }];
}
