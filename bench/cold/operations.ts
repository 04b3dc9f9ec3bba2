import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, OperationTypeNode, parse, print, visit } from 'graphql';
import type { Viewer } from '#platform/graphql/viewer.ts';
import { graphPath, LIBRARY } from '../../build/discover.ts';

/** What the gateways are asked for: the page of one book, which four subgraphs know something of. */
const NAME = 'Book';
const MANIFESTS = join(LIBRARY, graphPath('operations', LIBRARY));

/** An operation of a client, with the id that the gateway knows it by. */
export interface RegisteredOperation {
  id: string;
  query: string;
  variables: object;
}

/** The page of a book, as a client has registered it. */
export function registeredOperation(bookId: string, manifests = MANIFESTS): RegisteredOperation {
  const found = readdirSync(manifests)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => (JSON.parse(readFileSync(join(manifests, file), 'utf8')) as Manifest).operations)
    .find(({ name }) => name === NAME);
  if (!found) throw new Error(`No client has registered an operation "${NAME}" in ${manifests}.`);
  return { id: found.id, query: found.body, variables: { id: bookId, others: 5 } };
}

/** A manifest of Apollo's format, as far as it is read here. */
interface Manifest {
  operations: { id: string; name: string; body: string }[];
}

/** The same operation under a name that nobody has registered. */
export function renamed(query: string): string {
  const document = parse(query);
  return print(
    visit(document, {
      OperationDefinition: (node) =>
        node.operation === OperationTypeNode.QUERY
          ? { ...node, name: { kind: Kind.NAME, value: 'NotRegistered' } }
          : undefined,
    }),
  );
}

/** One read of the table of the subgraph that owns books. */
export function bookRead(id: string): { query: string; variables: object } {
  return {
    query: 'query ($id: ID!) { book(id: $id) { id title author pages genre { id } owner { id } } }',
    variables: { id },
  };
}

const OWNER: Viewer = { id: '2001', groups: [], scopes: [] };

/** Adds the book that is read, of someone who may. */
export const OFFER_BOOK = {
  query: 'mutation ($input: OfferBookInput!) { offerBook(input: $input) { ... on Book { id } } }',
  variables: {
    input: {
      title: 'Walks by the river',
      author: 'M. Ferry',
      pages: 214,
      publishedIn: 1994,
      summary: 'High water, and the ferry at the door.',
      genre: 'travel',
    },
  },
  viewer: OWNER,
};
