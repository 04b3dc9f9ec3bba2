/** A client whose operations are known to the gateway. */
export interface Client {
  name: string;
  /** Patterns of the files with its documents. */
  documents: string[];
}

/** The clients whose source is here too, with their folders. */
export const CLIENTS: (Client & { directory: string })[] = [
  { name: 'web', directory: 'examples/web-client', documents: ['examples/web-client/**/*.graphql'] },
];
