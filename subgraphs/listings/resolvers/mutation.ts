import { GraphQLError } from 'graphql';
import { signedIn } from '#platform/viewer.ts';
import type { CreateListingInput, ImportedListing, MutationResolvers } from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import { brokenRule, type Listing, type ListingTerms, offer } from '../listing.ts';

const MAX_IMPORT = 500;

export const Mutation: MutationResolvers = {
  createListing: async (_, { input }, { viewer, listings, now, newId }) => {
    const { id: hostId, groups } = signedIn(viewer);
    if (!groups.includes('host')) {
      return { __typename: 'NotAHost', message: 'Only hosts offer listings: ask to be added to the group "host".' };
    }
    const terms = termsFrom(input);
    const broken = brokenRule(terms);
    if (broken) return { __typename: 'ListingInvalid', ...broken };
    const listing = offer(terms, { id: newId(), hostId, now: now() });
    await listings.add(listing);
    return { __typename: 'Listing', ...listing };
  },

  updateListing: async (_, { id, input }, context) => {
    const found = await ownListing(context, id);
    if ('__typename' in found) return found;
    const { nightlyPrice, ...rest } = withoutNulls(input);
    const price = nightlyPrice && { nightlyAmount: nightlyPrice.amount, currency: nightlyPrice.currency };
    const changed: Listing = { ...found, ...rest, ...price };
    const broken = brokenRule(changed);
    return broken ? { __typename: 'ListingInvalid', ...broken } : saved(context, changed);
  },

  closeListing: async (_, { id }, context) => {
    const found = await ownListing(context, id);
    return '__typename' in found ? found : saved(context, { ...found, status: 'CLOSED' });
  },

  importListings: async (_, { listings: rows }, { listings }) => {
    if (rows.length > MAX_IMPORT) {
      throw new GraphQLError(`At most ${MAX_IMPORT} listings can be imported in one call, not ${rows.length}.`, {
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
    const checked = rows.map((row) => ({ row, reason: reasonToReject(row) }));
    const good = new Map(checked.filter(({ reason }) => !reason).map(({ row }) => [row.id, importedListing(row)]));
    const imported = await listings.addMissing([...good.values()]);
    return {
      imported,
      existing: good.size - imported,
      rejected: checked.flatMap(({ row, reason }) => (reason ? [{ id: row.id, reason }] : [])),
    };
  },
};

const notYours = { __typename: 'NotYourListing', message: 'Only the host of a listing can change it.' } as const;

/** The viewer's own listing, or why it is not to be had. */
async function ownListing({ viewer, listingById }: Context, id: string) {
  const { id: viewerId } = signedIn(viewer);
  const listing = await listingById.load(id);
  if (!listing) return { __typename: 'ListingNotFound', message: `There is no listing with the id "${id}".` } as const;
  return listing.hostId === viewerId ? listing : notYours;
}

async function saved({ listings }: Context, listing: Listing) {
  return (await listings.save(listing)) ? ({ __typename: 'Listing', ...listing } as const) : notYours;
}

function termsFrom({ location, nightlyPrice, photo, ...rest }: CreateListingInput): ListingTerms {
  return {
    ...rest,
    latitude: location.latitude,
    longitude: location.longitude,
    nightlyAmount: nightlyPrice.amount,
    currency: nightlyPrice.currency,
    ...(photo && { photo }),
  };
}

function importedListing({ id, hostId, listedAt, featured, ...terms }: ImportedListing): Listing {
  const now = new Date(listedAt);
  return { ...offer(termsFrom(terms), { id, hostId, now }), featured };
}

function reasonToReject(row: ImportedListing): string | undefined {
  if (!/^[A-Za-z0-9]+$/.test(row.id)) return 'id: An id has letters and digits only.';
  const broken = brokenRule(importedListing(row));
  return broken && `${broken.field}: ${broken.message}`;
}

type WithoutNulls<T> = { [Key in keyof T]?: NonNullable<T[Key]> };

/** A field that is null in an update is as good as left out. */
function withoutNulls<T extends object>(input: T): WithoutNulls<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null)) as WithoutNulls<T>;
}
