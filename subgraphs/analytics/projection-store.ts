import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { backoff } from '#platform/dynamodb/backoff.ts';
import { batchRead, chunksOf, type Item, isPossibleKey } from '#platform/dynamodb/batch-read.ts';
import { failedConditions, type TransactItem, transact } from '#platform/dynamodb/transact.ts';
import type { Page, PageRequest } from '#platform/graphql/connection.ts';
import { changesOf, type Fact, type OfferedListing, type Stay, sumOf, type Total } from './fact.ts';
import { lists, trendIn } from './ids.ts';
import { factItem, type StoredTotal, toFact, toTotal, totalItem } from './projection-items.ts';

/** A listing and a review touch three items at the most, and a transaction writes up to 100. */
const FACTS_PER_TRANSACTION = 33;
const ATTEMPTS = 12;
/** Sorts before every place. */
const FIRST_PLACE = ' ';

/** Every read and write of the analytics table: facts, and the totals that they add up to. */
export class ProjectionStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = tableName;
  }

  /**
   * Keeps facts that are newer than what is known, and brings the totals to what the facts add up to: both in one
   * transaction, so that each fact counts once. Facts must differ by id.
   */
  async keep(facts: Fact[]): Promise<void> {
    for (const chunk of chunksOf(FACTS_PER_TRANSACTION, facts)) await this.#keepTogether(chunk);
  }

  /** Facts by id, in any order; ids must differ. */
  facts(ids: string[]): Promise<Fact[]> {
    return this.#read(ids, toFact);
  }

  /** Totals by id, in any order; one that nothing was added to yet is left out. Ids must differ. */
  totals(ids: string[]): Promise<StoredTotal[]> {
    return this.#read(ids, toTotal);
  }

  /** A host's listings in the order of their ids. */
  async listingsOf(hostId: string, page: PageRequest): Promise<Page<OfferedListing>> {
    const { nodes, hasMore } = await this.#list(lists.listings(hostId), page);
    return { nodes: nodes.flatMap(({ listing }) => listing ?? []), hasMore };
  }

  /** Confirmed stays at a host's places that begin on a day or later, in order of arrival. */
  async staysOf(hostId: string, from: string, page: PageRequest): Promise<Page<Stay>> {
    const { nodes, hasMore } = await this.#list(lists.stays(hostId), page, from);
    return { nodes: nodes.flatMap(({ stay }) => stay ?? []), hasMore };
  }

  /** Ids of a week's listings, most booked first, a page at a time. */
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

  /** Others may write the same totals: then nothing is written, and all is read anew. */
  async #keepTogether(facts: Fact[]): Promise<void> {
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
    throw new Error(`${facts.length} facts could not be kept: their totals changed ${ATTEMPTS} times in between`);
  }

  async #writesFor(facts: Fact[]): Promise<TransactItem[]> {
    const known = byId(await this.facts(facts.map(({ id }) => id)));
    const news = facts.filter(({ id, version }) => version > (known.get(id)?.version ?? 0));
    const replaced = news.flatMap(({ id }) => known.get(id) ?? []);
    const changes = changesOf(replaced, news);
    const totals = byId(await this.totals(changes.map(({ id }) => id)));
    return [
      ...news.map((fact) => this.#put(factItem(fact), known.get(fact.id)?.version)),
      ...changes.map((change) => this.#totalPut(change, totals.get(change.id))),
    ];
  }

  #totalPut({ id, figures }: Total, before: StoredTotal | undefined): TransactItem {
    const total = { id, figures: sumOf([before?.figures ?? {}, figures]) };
    return this.#put(totalItem({ ...total, version: (before?.version ?? 0) + 1 }), before?.version);
  }

  /** A write that fails if the item's version is no longer the one that was seen. */
  #put(Item: Item, seen: number | undefined): TransactItem {
    const condition =
      seen === undefined
        ? { ConditionExpression: 'attribute_not_exists(id)' }
        : { ConditionExpression: 'version = :seen', ExpressionAttributeValues: { ':seen': seen } };
    return { Put: { TableName: this.#table, Item, ...condition } };
  }

  /**
   * A page of what comes after a place. The key of a page's start would not do: it has to be within the condition, and that
   * moves on with the day.
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
