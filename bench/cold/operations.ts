import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, OperationTypeNode, parse, print, visit } from 'graphql';
import type { Viewer } from '#platform/graphql/viewer.ts';
import { graphPath, LIBRARY } from '../../build/discover.ts';

/** Name of the measured operation: a book's page, from four subgraphs. */
const NAME = 'Book';
const MANIFESTS = join(LIBRARY, graphPath('operations', LIBRARY));

/** A registered operation and its id. */
export interface RegisteredOperation {
  id: string;
  query: string;
  variables: object;
}

/** Reads the registered operation for a book's page. */
export function registeredOperation(bookId: string, manifests = MANIFESTS): RegisteredOperation {
  const found = readdirSync(manifests)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => (JSON.parse(readFileSync(join(manifests, file), 'utf8')) as Manifest).operations)
    .find(({ name }) => name === NAME);
  if (!found) throw new Error(`No client has registered an operation "${NAME}" in ${manifests}.`);
  return { id: found.id, query: found.body, variables: { id: bookId, others: 5 } };
}

/** The parts of Apollo's manifest format used here. */
interface Manifest {
  operations: { id: string; name: string; body: string }[];
}

/** Returns the same operation under an unregistered name. */
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

/** Query with one table read in the book subgraph. */
export function bookRead(id: string): { query: string; variables: object } {
  return {
    query: 'query ($id: ID!) { book(id: $id) { id title author pages genre { id } owner { id } } }',
    variables: { id },
  };
}

const OWNER: Viewer = { id: '2001', groups: [], scopes: [] };

/** Mutation that adds the queried book, with its viewer. */
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
