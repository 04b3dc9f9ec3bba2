import type { Item } from '#platform/dynamodb/batch-read.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import type { Listing } from './listing.ts';

/** An amount as part of a key: keys sort as text. */
export const padded = (amount: number) => String(amount).padStart(10, '0');
/** Sorts listings by price. */
export const priceKey = ({ nightlyAmount, id }: Listing) => `${padded(nightlyAmount)}#${id}`;
/** Sorts listings by age. */
export const listedKey = ({ listedAt, id }: Listing) => `${listedAt}#${id}`;

/** How a listing is kept: with the keys of the indexes that it is in. */
export function toItem(listing: Listing): Item {
  return {
    ...listing,
    featured: listing.featured ? 'yes' : undefined,
    everywhere: 'yes',
    priceKey: priceKey(listing),
    listedKey: listedKey(listing),
  };
}

/** Narrows an item of the table. */
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
