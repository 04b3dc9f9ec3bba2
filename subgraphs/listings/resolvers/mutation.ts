import { retryOnConflict } from '#platform/dynamodb/retry-on-conflict.ts';
import { badInput } from '#platform/graphql/bad-input.ts';
import { idProblem, oneLine } from '#platform/graphql/text.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { CreateListingInput, ImportedListing, MutationResolvers } from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import { changeTerms, close, type Listing, type ListingTerms, offer, validationError } from '../listing.ts';
import { importEvent, listingEvent } from '../listing-events.ts';

const MAX_IMPORT = 500;

export const Mutation: MutationResolvers = {
  createListing: async (_, { input }, { viewer, listings, now, newId, requestId }) => {
    const { id: hostId, groups } = requireViewer(viewer);
    if (!groups.includes('host')) {
      return {
        __typename: 'NotAHost',
        message: 'Only hosts can create listings. Ask to be added to the group "host".',
      };
    }
    const terms = termsFrom(input);
    const invalid = validationError(terms);
    if (invalid) return { __typename: 'ListingInvalid', ...invalid };
    const time = now();
    const listing = offer(terms, { id: newId(), hostId, now: time });
    await listings.add(listing, listingEvent('ListingOffered', listing, { time, requestId }));
    return asResult(listing);
  },

  updateListing: async (_, { id, input }, context) => {
    const { nightlyPrice, ...rest } = withoutNulls(input);
    const price = nightlyPrice && { nightlyAmount: nightlyPrice.amount, currency: nightlyPrice.currency };
    const result = await retryOnConflict(async () => {
      const found = await ownListing(context, id);
      if ('__typename' in found) return found;
      const changed = changeTerms(found, { ...rest, ...price });
      const invalid = validationError(changed);
      return invalid
        ? ({ __typename: 'ListingInvalid', ...invalid } as const)
        : save(context, 'ListingUpdated', changed);
    });
    return result ?? BUSY;
  },

  closeListing: async (_, { id }, context) => {
    const result = await retryOnConflict(async () => {
      const found = await ownListing(context, id);
      if ('__typename' in found) return found;
      return found.status === 'CLOSED' ? asResult(found) : save(context, 'ListingClosed', close(found));
    });
    return result ?? BUSY;
  },

  importListings: async (_, { listings: rows }, { listings, now, newId, requestId }) => {
    if (rows.length > MAX_IMPORT) {
      throw badInput(`At most ${MAX_IMPORT} listings can be imported in one call, not ${rows.length}.`);
    }
    const checked = rows.map((row) => ({ row, reason: reasonToReject(row) }));
    const good = new Map(checked.filter(({ reason }) => !reason).map(({ row }) => [row.id, importedListing(row)]));
    const announce = (added: Listing[]) => importEvent(newId(), added, { time: now(), requestId });
    const imported = await listings.addAbsent([...good.values()], announce);
    return {
      imported,
      existing: good.size - imported,
      rejected: checked.flatMap(({ row, reason }) => (reason ? [{ id: row.id, reason }] : [])),
    };
  },
};

/** Returns a listing of the viewer, or the failure. */
async function ownListing({ viewer, listings }: Context, id: string) {
  const { id: viewerId } = requireViewer(viewer);
  const listing = await listings.latest(id);
  if (!listing) return { __typename: 'ListingNotFound', message: `There is no listing with the id "${id}".` } as const;
  return listing.hostId === viewerId ? listing : NOT_YOURS;
}

/** Saves a listing. Returns undefined if it has changed since it was read. */
async function save({ listings, now, requestId }: Context, type: 'ListingUpdated' | 'ListingClosed', listing: Listing) {
  const event = listingEvent(type, listing, { time: now(), requestId });
  return (await listings.save(listing, event)) ? asResult(listing) : undefined;
}

const asResult = (listing: Listing) => ({ __typename: 'Listing', ...listing }) as const;

const NOT_YOURS = { __typename: 'NotYourListing', message: 'Only the host of a listing can change it.' } as const;
const BUSY = {
  __typename: 'ListingBusy',
  message: 'This listing is being changed. Try again.',
} as const;

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
  const title = oneLine(terms.title);
  return { ...offer({ ...termsFrom(terms), title }, { id, hostId, now }), featured };
}

function reasonToReject(row: ImportedListing): string | undefined {
  if (!/^[A-Za-z0-9]{1,100}$/.test(row.id)) return 'id: The id must have 1 to 100 letters and digits.';
  const hostIdProblem = idProblem(row.hostId);
  if (hostIdProblem) return `hostId: ${hostIdProblem}`;
  const invalid = validationError(importedListing(row));
  return invalid && `${invalid.field}: ${invalid.message}`;
}

type WithoutNulls<T> = { [Key in keyof T]?: NonNullable<T[Key]> };

/** Omits null fields: in an update, null means unchanged. */
function withoutNulls<T extends object>(input: T): WithoutNulls<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null)) as WithoutNulls<T>;
}
