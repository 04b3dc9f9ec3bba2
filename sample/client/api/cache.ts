import { type FieldPolicy, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import generated from '../__generated__/possible-types.ts';

/** Answers by entity. The pages of a list become one list, for each combination of the arguments that choose it. */
export const cache = new InMemoryCache({
  // A fragment on an interface, such as `... on Failure`, holds for these.
  possibleTypes: generated.possibleTypes,
  typePolicies: {
    Query: { fields: { listings: pages(['filter', 'sort']) } },
    Listing: { fields: { reviews: pages() } },
  },
});

/** A connection read page by page. Null says that it could not be read: it stays null and is no empty list. */
function pages(keyArgs: string[] | false = false): FieldPolicy {
  const policy = relayStylePagination(keyArgs);
  const { merge } = policy;
  if (typeof merge !== 'function') throw new Error('Pages have to be merged.');
  return {
    ...policy,
    merge: (existing, incoming, options) => (incoming ? merge(existing, incoming, options) : (existing ?? null)),
  };
}
