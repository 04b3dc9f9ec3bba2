import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, OperationTypeNode, parse, print, visit } from 'graphql';
import { ROOT } from '../../build/discover.ts';

/** The operation that the gateways answer first: a client's front page, from three subgraphs. */
const FRONT_PAGE = 'FeaturedStays';
const EXAMPLE = join(ROOT, 'seed', 'examples', '2-featured.graphql');
const MANIFESTS = join(ROOT, 'gateway', 'operations');

/** The operation, and the id that clients know it by where it is registered. */
export interface FrontPage {
  id: string | undefined;
  query: string;
}

/**
 * The front page, as a client has registered it under that name in `gateway/operations/`; where none has, the example
 * query of that name. A manifest is in Apollo's format: `{ operations: [{ id, name, body }] }`.
 */
export function frontPage(manifests = MANIFESTS): FrontPage {
  const registered = (existsSync(manifests) ? readdirSync(manifests) : [])
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => JSON.parse(readFileSync(join(manifests, file), 'utf8')).operations ?? [])
    .find(({ name }) => name === FRONT_PAGE);
  return registered
    ? { id: registered.id, query: registered.body }
    : { id: undefined, query: readFileSync(EXAMPLE, 'utf8') };
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
