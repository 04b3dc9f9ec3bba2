import type { Item } from '#platform/dynamodb/batch-read.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import type { Listing } from './listing.ts';

/** Pads an amount for a sort key, since keys sort as text. */
export const padded = (amount: number) => String(amount).padStart(10, '0');
/** Sort key by price. */
export const priceKey = ({ nightlyAmount, id }: Listing) => `${padded(nightlyAmount)}#${id}`;
/** Sort key by age. */
export const listedKey = ({ listedAt, id }: Listing) => `${listedAt}#${id}`;

/** Returns the item of a listing, with the keys of its indexes. */
export function toItem(listing: Listing): Item {
  return {
    ...listing,
    featured: listing.featured ? 'yes' : undefined,
    everywhere: 'yes',
    priceKey: priceKey(listing),
    listedKey: listedKey(listing),
  };
}

/** Parses an item of the table. */
export function toListing(item: Item): Listing {
  const read = new ItemReader(item, 'Listing');
  const photo = read.optionalString('photo');
  return {
    id: read.string('id'),
    slug: read.string('slug'),
    hostId: read.string('hostId'),
    title: read.string('title'),
    description: read.string('description'),
    roomType: read.oneOf('roomType', ['ENTIRE_HOME', 'PRIVATE_ROOM', 'SHARED_ROOM']),
    borough: read.string('borough'),
    neighbourhood: read.string('neighbourhood'),
    latitude: read.number('latitude'),
    longitude: read.number('longitude'),
    nightlyAmount: read.number('nightlyAmount'),
    currency: read.string('currency'),
    minimumNights: read.number('minimumNights'),
    amenities: read.strings('amenities'),
    ...(photo && { photo }),
    status: read.oneOf('status', ['OPEN', 'CLOSED']),
    featured: read.optionalString('featured') === 'yes',
    listedAt: read.string('listedAt'),
    version: read.number('version'),
  };
}
