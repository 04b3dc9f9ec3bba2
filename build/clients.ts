import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './discover.ts';

/** A client whose operations are known to the gateway. */
export interface Client {
  name: string;
  /** Patterns of the files with its documents, from the top of the project. */
  documents: string[];
}

/** A client whose source is here too. */
export interface ClientFolder extends Client {
  /** From the top of the project. */
  directory: string;
}

const FOLDER = /^(\w+)-client$/;

/** Every client in `examples/`: the folder `web-client` holds the client `web`. */
export function discoverClients(root = ROOT): ClientFolder[] {
  const examples = join(root, 'examples');
  if (!existsSync(examples)) return [];
  return readdirSync(examples).flatMap((folder) => {
    const [, name] = FOLDER.exec(folder) ?? [];
    const directory = `examples/${folder}`;
    return name ? [{ name, directory, documents: [`${directory}/**/*.graphql`] }] : [];
  });
}
