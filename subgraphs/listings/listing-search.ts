import type { Item } from '#platform/dynamodb/batch-read.ts';
import type { Listing, RoomType } from './listing.ts';
import { listedKey, padded, priceKey } from './listing-item.ts';

const MAX_PRICE = 9_999_999_999;

/** Conditions and order of a search. */
export interface ListingSearch {
  borough?: string | undefined;
  neighbourhood?: string | undefined;
  roomType?: RoomType | undefined;
  /** Minor units. */
  minPrice?: number | undefined;
  /** Minor units. */
  maxPrice?: number | undefined;
  openOnly: boolean;
  sort: 'PRICE_ASC' | 'PRICE_DESC' | 'NEWEST';
}

interface Conditions {
  keys: string[];
  filters: string[];
  values: Record<string, unknown>;
}

/** A query of one of the table's indexes. */
export interface IndexQuery extends Conditions {
  index: string;
  /** The partition key attribute with its value. */
  partition: Record<string, string>;
  sortKey: string;
  ascending: boolean;
}

/** Returns the query of a search. */
export function searchQuery(search: ListingSearch): IndexQuery {
  const { attribute, value } = partitionOf(search);
  const byPrice = search.sort !== 'NEWEST';
  return {
    index: `${attribute}-by-${byPrice ? 'price' : 'age'}`,
    partition: { [attribute]: value },
    sortKey: byPrice ? 'priceKey' : 'listedKey',
    ascending: search.sort === 'PRICE_ASC',
    ...conditionsOf(search, byPrice),
  };
}

/** Returns the query of a host's listings, newest first. */
export function hostQuery(hostId: string): IndexQuery {
  return { ...NEWEST_FIRST, index: 'host-by-age', partition: { hostId }, keys: [], filters: [], values: {} };
}

/** Returns the query of open featured listings, newest first. */
export function featuredQuery(): IndexQuery {
  const conditions = conditionsOf({ openOnly: true, sort: 'NEWEST' }, false);
  return { ...NEWEST_FIRST, index: 'featured-by-age', partition: { featured: 'yes' }, ...conditions };
}

const NEWEST_FIRST = { sortKey: 'listedKey', ascending: false };

function partitionOf({ neighbourhood, borough }: ListingSearch) {
  if (neighbourhood) return { attribute: 'neighbourhood', value: neighbourhood };
  if (borough) return { attribute: 'borough', value: borough };
  return { attribute: 'everywhere', value: 'yes' };
}

/** Returns the conditions of a search. A price range is a key condition in an index by price, else a filter. */
function conditionsOf(search: ListingSearch, byPrice: boolean): Conditions {
  const { minPrice, maxPrice, roomType, neighbourhood, borough, openOnly } = search;
  const ranged = minPrice !== undefined || maxPrice !== undefined;
  const low = Math.max(0, minPrice ?? 0);
  const high = Math.min(maxPrice ?? MAX_PRICE, MAX_PRICE);
  const parts: { clause: string; isKey?: boolean; values: Record<string, unknown>; applies: boolean }[] = [
    {
      clause: 'priceKey BETWEEN :low AND :high',
      isKey: byPrice,
      values: { ':low': padded(low), ':high': `${padded(Math.max(high, 0))}~` },
      applies: ranged,
    },
    { clause: 'roomType = :room', values: { ':room': roomType }, applies: roomType !== undefined },
    { clause: 'borough = :borough', values: { ':borough': borough }, applies: Boolean(neighbourhood && borough) },
    { clause: '#status = :open', values: { ':open': 'OPEN' }, applies: openOnly },
  ];
  const applied = parts.filter(({ applies }) => applies);
  return {
    keys: applied.filter(({ isKey }) => isKey).map(({ clause }) => clause),
    filters: applied.filter(({ isKey }) => !isKey).map(({ clause }) => clause),
    values: Object.assign({}, ...applied.map(({ values }) => values)),
  };
}

/** Returns the DynamoDB query of the page after a cursor. */
export function toQuery(query: IndexQuery, after?: Record<string, unknown>) {
  const { index, partition, ascending, keys, filters, values } = query;
  const [[attribute, value] = ['', '']] = Object.entries(partition);
  return {
    IndexName: index,
    KeyConditionExpression: ['#partition = :partition', ...keys].join(' AND '),
    ...(filters.length > 0 && { FilterExpression: filters.join(' AND ') }),
    ExpressionAttributeNames: {
      '#partition': attribute,
      ...(filters.some((filter) => filter.includes('#status')) && { '#status': 'status' }),
    },
    ExpressionAttributeValues: { ':partition': value, ...values },
    ScanIndexForward: ascending,
    ExclusiveStartKey: after && startKey(query, after),
  };
}

/** Takes the partition from the query instead of the cursor, so that a client cannot read another partition. */
function startKey({ partition, sortKey }: IndexQuery, after: Record<string, unknown>): Item {
  return { id: after.id, [sortKey]: after.sortKey, ...partition };
}

/** Returns the cursor key of a listing in the order of a search. */
export function searchKey(listing: Listing, sort: ListingSearch['sort']): { id: string; sortKey: string } {
  return { id: listing.id, sortKey: sort === 'NEWEST' ? listedKey(listing) : priceKey(listing) };
}
