import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { addNew } from '#platform/add-new.ts';
import { batchGet, type Item } from '#platform/batch.ts';
import type { Page, PageRequest } from '#platform/connection.ts';
import { ItemReader } from '#platform/item-reader.ts';
import type { Listing, RoomType } from './listing.ts';

/** Narrows a search; a borough is given up where a neighbourhood is more exact. */
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

/** Every read and write of the listings table. */
export class ListingStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Listings by id, in any order; ids must differ. */
  async byIds(ids: string[]): Promise<Listing[]> {
    const keys = ids.map((id) => ({ id }));
    return (await batchGet(this.#client, this.#table, keys)).map(toListing);
  }

  /** Listings that match a search, in its order. */
  async search(search: ListingSearch, page: PageRequest): Promise<Page<Listing>> {
    const place = placeOf(search);
    const byPrice = search.sort !== 'NEWEST';
    return this.#fullPage(
      {
        index: `${place.name}-by-${byPrice ? 'price' : 'age'}`,
        partition: { [place.attribute]: place.value },
        sortKey: byPrice ? 'priceKey' : 'listedKey',
        ascending: search.sort === 'PRICE_ASC',
        ...conditionsOf(search, byPrice),
      },
      page,
    );
  }

  /** A host's listings, newest first. */
  async ofHost(hostId: string, page: PageRequest): Promise<Page<Listing>> {
    const conditions: Conditions = { keys: [], filters: [], values: {} };
    const partition = { hostId };
    return this.#fullPage(
      { index: 'host-by-age', partition, sortKey: 'listedKey', ascending: false, ...conditions },
      page,
    );
  }

  /** Open listings chosen by the editors, newest first. */
  async featured(first: number): Promise<Listing[]> {
    const conditions = conditionsOf({ openOnly: true, sort: 'NEWEST' }, false);
    const partition = { featured: 'yes' };
    const query = { index: 'featured-by-age', partition, sortKey: 'listedKey', ascending: false, ...conditions };
    return (await this.#fullPage(query, { first })).nodes;
  }

  /** Adds a listing that must not exist yet. */
  async add(listing: Listing): Promise<void> {
    await this.#client.send(
      new PutCommand({
        TableName: this.#table,
        Item: toItem(listing),
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    );
  }

  /** Saves a change, unless the listing is gone or another host's; tells whether it was saved. */
  async save(listing: Listing): Promise<boolean> {
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#table,
          Item: toItem(listing),
          ConditionExpression: 'hostId = :host',
          ExpressionAttributeValues: { ':host': listing.hostId },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** Adds the listings that are not there yet; returns how many. What exists is left as it is. */
  addMissing(listings: Listing[]): Promise<number> {
    return addNew(this.#client, this.#table, 'id', listings.map(toItem));
  }

  /** Reads on until the page is full or nothing is left: a filter must not make a page short. */
  async #fullPage(query: IndexQuery, { first, after }: PageRequest): Promise<Page<Listing>> {
    const found: Listing[] = [];
    let from = after && startKey(query, after);
    do {
      const page = await this.#client.send(
        new QueryCommand({ TableName: this.#table, ...toQuery(query), ExclusiveStartKey: from }),
      );
      found.push(...(page.Items ?? []).map(toListing));
      from = page.LastEvaluatedKey;
    } while (from && found.length <= first);
    return { nodes: found.slice(0, first), hasMore: found.length > first };
  }
}

/** The cursor key of a listing in the order of a search: where a next page starts. */
export function searchKey(listing: Listing, sort: ListingSearch['sort']): { id: string; sortKey: string } {
  return { id: listing.id, sortKey: sort === 'NEWEST' ? listedKey(listing) : priceKey(listing) };
}

interface Conditions {
  keys: string[];
  filters: string[];
  values: Record<string, unknown>;
}

interface IndexQuery extends Conditions {
  index: string;
  /** The partition key attribute with its value. */
  partition: Record<string, string>;
  sortKey: string;
  ascending: boolean;
}

function placeOf({ neighbourhood, borough }: ListingSearch) {
  if (neighbourhood) return { name: 'neighbourhood', attribute: 'neighbourhood', value: neighbourhood };
  if (borough) return { name: 'borough', attribute: 'borough', value: borough };
  return { name: 'everywhere', attribute: 'everywhere', value: 'yes' };
}

/** A price range is part of the key where the index is by price, and a filter elsewhere. */
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

function toQuery({ index, partition, ascending, keys, filters, values }: IndexQuery) {
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
  };
}

/** A cursor has no partition: it is taken from the query, so that a client cannot lead it elsewhere. */
function startKey({ partition, sortKey }: IndexQuery, after: Record<string, unknown>): Item {
  return { id: after.id, [sortKey]: after.sortKey, ...partition };
}

const MAX_PRICE = 9_999_999_999;
const padded = (amount: number) => String(amount).padStart(10, '0');
const priceKey = ({ nightlyAmount, id }: Listing) => `${padded(nightlyAmount)}#${id}`;
const listedKey = ({ listedAt, id }: Listing) => `${listedAt}#${id}`;

function toItem(listing: Listing): Item {
  return {
    ...listing,
    featured: listing.featured ? 'yes' : undefined,
    everywhere: 'yes',
    priceKey: priceKey(listing),
    listedKey: listedKey(listing),
  };
}

function toListing(item: Item): Listing {
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
  };
}
