import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, OperationTypeNode, parse, print, visit } from 'graphql';
import { graphPath, ROOT } from '../../build/discover.ts';

/** What the gateways are asked for: the page of one stay, which three subgraphs know something of. */
const NAME = 'Stay';
const VARIABLES = { slug: 'loft-by-the-river-1001', firstReviews: 5 };
const MANIFESTS = join(ROOT, graphPath('operations'));

/** An operation of a client, with the id that the gateway knows it by. */
export interface RegisteredOperation {
  id: string;
  query: string;
  variables: object;
}

/** The page of one stay, as a client has registered it. */
export function registeredOperation(manifests = MANIFESTS): RegisteredOperation {
  const found = readdirSync(manifests)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => (JSON.parse(readFileSync(join(manifests, file), 'utf8')) as Manifest).operations)
    .find(({ name }) => name === NAME);
  if (!found) throw new Error(`No client has registered an operation "${NAME}" in ${manifests}.`);
  return { id: found.id, query: found.body, variables: VARIABLES };
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

const LISTING_ID = '1001';

/** One read of the listings subgraph's table. */
export const LISTING_READ = {
  query: 'query ($id: ID!) { listing(id: $id) { id title nightlyPrice { amount currency } host { id } } }',
  variables: { id: LISTING_ID },
};

/** Adds the listing that is read. */
export const IMPORT_LISTING = {
  query: 'mutation ($rows: [ImportedListing!]!) { importListings(listings: $rows) { imported } }',
  variables: {
    rows: [
      {
        id: LISTING_ID,
        hostId: '2001',
        title: 'Loft by the river',
        description: 'High windows, and the ferry at the door.',
        roomType: 'ENTIRE_HOME',
        borough: 'Brooklyn',
        neighbourhood: 'Williamsburg',
        location: { latitude: 40.71, longitude: -73.96 },
        nightlyPrice: { amount: 14_900, currency: 'USD' },
        minimumNights: 2,
        listedAt: '2026-05-01T09:30:00Z',
      },
    ],
  },
};
