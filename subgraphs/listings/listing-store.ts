import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchRead } from '#platform/dynamodb/batch-read.ts';
import { getItem } from '#platform/dynamodb/get-item.ts';
import { insertIfAbsent } from '#platform/dynamodb/insert-if-absent.ts';
import { queryPage } from '#platform/dynamodb/query-page.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { failedConditions, transact } from '#platform/dynamodb/transact.ts';
import { outboxPut } from '#platform/events/outbox.ts';
import type { Page, PageRequest } from '#platform/graphql/connection.ts';
import type { ListingEvent } from './events.ts';
import type { Listing } from './listing.ts';
import { toItem, toListing } from './listing-item.ts';
import {
  featuredQuery,
  hostQuery,
  type IndexQuery,
  type ListingSearch,
  searchQuery,
  toQuery,
} from './listing-search.ts';

/** Reads and writes the listings table. */
export class ListingStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = { name: tableName, partitionKey: 'id' };
  }

  /** Returns listings by id, in any order. Ids must be distinct. */
  byIds(ids: string[]): Promise<Listing[]> {
    const keys = ids.map((id) => ({ id }));
    return batchRead(this.#client, this.#table.name, keys, toListing);
  }

  /** Returns a listing by a consistent read, as the base of a change. */
  async latest(id: string): Promise<Listing | undefined> {
    const item = await getItem(this.#client, this.#table.name, { id });
    return item && toListing(item);
  }

  /** Returns a page of a search. */
  search(search: ListingSearch, page: PageRequest): Promise<Page<Listing>> {
    return this.#page(searchQuery(search), page);
  }

  /** Returns a page of a host's listings, newest first. */
  ofHost(hostId: string, page: PageRequest): Promise<Page<Listing>> {
    return this.#page(hostQuery(hostId), page);
  }

  /** Returns open featured listings, newest first. */
  async featured(first: number): Promise<Listing[]> {
    return (await this.#page(featuredQuery(), { first })).nodes;
  }

  /** Adds a new listing and its event. */
  async add(listing: Listing, event: ListingEvent): Promise<void> {
    await transact(this.#client, [this.#put(listing, 'attribute_not_exists(id)'), outboxPut(this.#table, event)]);
  }

  /** Saves the next version of a listing and its event. Returns false if the listing has changed since it was read. */
  async save(listing: Listing, event: ListingEvent): Promise<boolean> {
    const put = this.#put(listing, 'version = :before', { ':before': listing.version - 1 });
    try {
      await transact(this.#client, [put, outboxPut(this.#table, event)]);
      return true;
    } catch (error) {
      if (failedConditions(error)[0]) return false;
      throw error;
    }
  }

  /** Adds the listings whose ids do not exist yet, and returns their number. */
  addAbsent(listings: Listing[], announce: (added: Listing[]) => ListingEvent): Promise<number> {
    return insertIfAbsent(this.#client, this.#table, { values: listings, toItem, announce });
  }

  #put(listing: Listing, ConditionExpression: string, values?: Record<string, unknown>) {
    const condition = { ConditionExpression, ...(values && { ExpressionAttributeValues: values }) };
    return { Put: { TableName: this.#table.name, Item: toItem(listing), ...condition } };
  }

  async #page(query: IndexQuery, { first, after }: PageRequest): Promise<Page<Listing>> {
    const { nodes, hasMore } = await queryPage(
      this.#client,
      { TableName: this.#table.name, ...toQuery(query, after) },
      first,
    );
    return { nodes: nodes.map(toListing), hasMore };
  }
}
