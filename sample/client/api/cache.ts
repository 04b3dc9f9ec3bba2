import { type FieldPolicy, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import generated from '../__generated__/possible-types.ts';

/** Normalized cache. Merges the pages of a list, per combination of its key arguments. */
export const cache = new InMemoryCache({
  // Needed for fragments on interfaces, such as `... on Failure`.
  possibleTypes: generated.possibleTypes,
  typePolicies: {
    Query: { fields: { listings: pages(['filter', 'sort']) } },
    Listing: { fields: { reviews: pages() } },
  },
});

/** Returns the policy of a paginated connection. Keeps null, which means that the field failed, instead of an empty list. */
function pages(keyArgs: string[] | false = false): FieldPolicy {
  const policy = relayStylePagination(keyArgs);
  const { merge } = policy;
  if (typeof merge !== 'function') throw new Error('The pagination policy has no merge function.');
  return {
    ...policy,
    merge: (existing, incoming, options) => (incoming ? merge(existing, incoming, options) : (existing ?? null)),
  };
}
