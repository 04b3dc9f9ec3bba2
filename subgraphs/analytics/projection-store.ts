import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { backoff } from '#platform/dynamodb/backoff.ts';
import { batchRead, chunksOf, type Item, isPossibleKey } from '#platform/dynamodb/batch-read.ts';
import { failedConditions, type TransactItem, transact } from '#platform/dynamodb/transact.ts';
import type { Page, PageRequest } from '#platform/graphql/connection.ts';
import { changesOf, type Fact, type OfferedListing, type Stay, sumOf, type Total } from './fact.ts';
import { lists, trendIn } from './ids.ts';
import { factItem, type StoredTotal, toFact, toTotal, totalItem } from './projection-items.ts';

/** A listing or review changes at most three items, and a transaction has at most 100 writes. */
const FACTS_PER_TRANSACTION = 33;
const ATTEMPTS = 12;
/** Sorts before every place. */
const FIRST_PLACE = ' ';

/** Reads and writes the analytics table: facts and their totals. */
export class ProjectionStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = tableName;
  }

  /**
   * Saves facts that are newer than the stored ones and updates the totals, both in one transaction, so that each fact counts
   * once. Ids of facts must be distinct.
   */
  async apply(facts: Fact[]): Promise<void> {
    for (const chunk of chunksOf(FACTS_PER_TRANSACTION, facts)) await this.#applyChunk(chunk);
  }

  /** Returns facts by id, in any order. Ids must be distinct. */
  facts(ids: string[]): Promise<Fact[]> {
    return this.#read(ids, toFact);
  }

  /** Returns the totals that exist, in any order. Ids must be distinct. */
  totals(ids: string[]): Promise<StoredTotal[]> {
    return this.#read(ids, toTotal);
  }

  /** Returns a host's listings, ordered by id. */
  async listingsOf(hostId: string, page: PageRequest): Promise<Page<OfferedListing>> {
    const { nodes, hasMore } = await this.#list(lists.listings(hostId), page);
    return { nodes: nodes.flatMap(({ listing }) => listing ?? []), hasMore };
  }

  /** Returns confirmed stays at a host's listings from a check-in day on, earliest first. */
  async staysOf(hostId: string, from: string, page: PageRequest): Promise<Page<Stay>> {
    const { nodes, hasMore } = await this.#list(lists.stays(hostId), page, from);
    return { nodes: nodes.flatMap(({ stay }) => stay ?? []), hasMore };
  }

  /** Yields pages of a week's listing ids, most nights booked first. */
  async *trend(week: string, pageSize: number): AsyncGenerator<string[]> {
    let from: Item | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          IndexName: 'by-place',
          KeyConditionExpression: 'listedIn = :list',
          ExpressionAttributeValues: { ':list': lists.trend(week) },
          ScanIndexForward: false,
          Limit: pageSize,
          ExclusiveStartKey: from,
        }),
      );
      yield (page.Items ?? []).flatMap((item) => trendIn(toTotal(item).id)?.listingId ?? []);
      from = page.LastEvaluatedKey;
    } while (from);
  }

  /** Reads and writes again if a concurrent transaction has changed the same totals. */
  async #applyChunk(facts: Fact[]): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) await backoff(Math.min(attempt, 4));
      const writes = await this.#writesFor(facts);
      if (writes.length === 0) return;
      try {
        return await transact(this.#client, writes);
      } catch (error) {
        if (!failedConditions(error).some(Boolean)) throw error;
      }
    }
    throw new Error(
      `Could not save ${facts.length} facts: ${ATTEMPTS} attempts met concurrent changes of their totals`,
    );
  }

  async #writesFor(facts: Fact[]): Promise<TransactItem[]> {
    const known = byId(await this.facts(facts.map(({ id }) => id)));
    const newer = facts.filter(({ id, version }) => version > (known.get(id)?.version ?? 0));
    const replaced = newer.flatMap(({ id }) => known.get(id) ?? []);
    const changes = changesOf(replaced, newer);
    const totals = byId(await this.totals(changes.map(({ id }) => id)));
    return [
      ...newer.map((fact) => this.#put(factItem(fact), known.get(fact.id)?.version)),
      ...changes.map((change) => this.#totalPut(change, totals.get(change.id))),
    ];
  }

  #totalPut({ id, figures }: Total, before: StoredTotal | undefined): TransactItem {
    const total = { id, figures: sumOf([before?.figures ?? {}, figures]) };
    return this.#put(totalItem({ ...total, version: (before?.version ?? 0) + 1 }), before?.version);
  }

  /** Returns a put on condition that the item's version is unchanged since it was read. */
  #put(Item: Item, versionRead: number | undefined): TransactItem {
    const condition =
      versionRead === undefined
        ? { ConditionExpression: 'attribute_not_exists(id)' }
        : { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': versionRead } };
    return { Put: { TableName: this.#table, Item, ...condition } };
  }

  /**
   * Returns the page after a place. Uses a condition instead of `ExclusiveStartKey`, which must match the key condition: a
   * cursor of yesterday is before today's `from`.
   */
  async #list(list: string, { first, after }: PageRequest, from = FIRST_PLACE): Promise<Page<Fact>> {
    const last = isPossibleKey(after?.place) && after.place > from ? after.place : from;
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: 'by-place',
        KeyConditionExpression: 'listedIn = :list AND place > :last',
        ExpressionAttributeValues: { ':list': list, ':last': last },
        Limit: first + 1,
      }),
    );
    return { nodes: Items.slice(0, first).map(toFact), hasMore: Items.length > first };
  }

  #read<Value>(ids: string[], toValue: (item: Item) => Value): Promise<Value[]> {
    const keys = ids.map((id) => ({ id }));
    return batchRead(this.#client, this.#table, keys, toValue);
  }
}

function byId<Value extends { id: string }>(values: Value[]): Map<string, Value> {
  return new Map(values.map((value) => [value.id, value]));
}
