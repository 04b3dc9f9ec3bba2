import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { LRUCache } from 'lru-cache';
import { backoff } from '#platform/dynamodb/backoff.ts';
import type { SubscriptionTopic } from '../engine/run/execution.ts';
import { idOf } from '../operations/operation-id.ts';
import { type DeliveredVersion, expiry, type Subscriber } from './items.ts';
import { topicKey } from './topics.ts';

/** Entities whose last version a subscription knows; a repeated event of any older one is not recognized. */
const REMEMBERED_ENTITIES = 20;
const PAGE = 500;
/** Attempts of a write that is throttled, up to some 6 seconds. */
const ATTEMPTS = 9;
const THROTTLED = new Set(['ProvisionedThroughputExceededException', 'ThrottlingException']);
const MAX_CACHED_CHARACTERS = 2_000_000;
/** Seconds that the text of an operation outlives the connections that use it. */
const TEXT_SECONDS = 24 * 60 * 60;

/** Subscriptions by topic, and the texts of their operations. */
export class SubscriptionStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #texts = new LRUCache<string, string>({
    maxSize: MAX_CACHED_CHARACTERS,
    sizeCalculation: (text) => text.length,
    // A text is written again before it expires.
    ttl: (TEXT_SECONDS / 4) * 1_000,
  });

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Adds a subscription; replaces an earlier one with its id. */
  async add(topic: SubscriptionTopic, subscriber: Subscriber, now: number): Promise<void> {
    const Item = { ...keyOf(topic, subscriber), ...subscriber, ...expiry(now) };
    await this.#client.send(new PutCommand({ TableName: this.#table, Item }));
  }

  /** Removes a subscription. */
  remove(topic: SubscriptionTopic, subscriber: Pick<Subscriber, 'connectionId' | 'id'>): Promise<void> {
    return this.removeAt(topicKey(topic), subscriber);
  }

  /** Removes a subscription by the partition key of its topic. */
  async removeAt(pk: string, { connectionId, id }: Pick<Subscriber, 'connectionId' | 'id'>): Promise<void> {
    const Key = { pk, sk: sortKey(connectionId, id) };
    await this.#client.send(new DeleteCommand({ TableName: this.#table, Key }));
  }

  /** Whether a topic has any subscriber. */
  async hasAny(topic: SubscriptionTopic): Promise<boolean> {
    const { Items = [] } = await this.#client.send(new QueryCommand({ ...this.#query(topic), Limit: 1 }));
    return Items.length > 0;
  }

  /** Yields the subscribers of a topic in pages, in the order of their keys. The reads are consistent. */
  async *pages(topic: SubscriptionTopic): AsyncGenerator<Subscriber[]> {
    let from: Record<string, unknown> | undefined;
    do {
      const query = { ...this.#query(topic), Limit: PAGE, ExclusiveStartKey: from };
      const page = await this.#client.send(new QueryCommand(query));
      yield (page.Items ?? []).map(toSubscriber);
      from = page.LastEvaluatedKey;
    } while (from);
  }

  /** Records the version that a subscriber has got. Does nothing if the subscription has ended. */
  async setDelivered(topic: SubscriptionTopic, subscriber: Subscriber, last: DeliveredVersion): Promise<void> {
    const others = subscriber.delivered.filter(({ entityId }) => entityId !== last.entityId);
    const delivered = [last, ...others].slice(0, REMEMBERED_ENTITIES);
    const update = new UpdateCommand({
      TableName: this.#table,
      Key: keyOf(topic, subscriber),
      UpdateExpression: 'SET delivered = :delivered',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':delivered': delivered },
    });
    await this.#sendPaced(update).catch((error: Error) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  }

  /** Repeats a throttled write: the subscriptions of a topic share a partition, which takes 1,000 writes a second. */
  async #sendPaced(update: UpdateCommand): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#client.send(update);
        return;
      } catch (error) {
        if (!THROTTLED.has((error as Error).name) || attempt + 1 === ATTEMPTS) throw error;
      }
      await backoff(attempt);
    }
  }

  /** Stores the text of an operation; returns its hash. */
  async saveText(text: string, now: number): Promise<string> {
    const hash = idOf(text);
    if (this.#texts.has(hash)) return hash;
    const Item = { ...textKey(hash), text, ...expiry(now, TEXT_SECONDS) };
    await this.#client.send(new PutCommand({ TableName: this.#table, Item }));
    this.#texts.set(hash, text);
    return hash;
  }

  /** Returns the text of an operation by its hash. */
  async text(hash: string): Promise<string | undefined> {
    const known = this.#texts.get(hash);
    if (known !== undefined) return known;
    const { Item } = await this.#client.send(new GetCommand({ TableName: this.#table, Key: textKey(hash) }));
    if (typeof Item?.text !== 'string') return undefined;
    this.#texts.set(hash, Item.text);
    return Item.text;
  }

  #query(topic: SubscriptionTopic) {
    return {
      TableName: this.#table,
      KeyConditionExpression: 'pk = :topic',
      ExpressionAttributeValues: { ':topic': topicKey(topic) },
      ConsistentRead: true,
    };
  }
}

function keyOf(topic: SubscriptionTopic, { connectionId, id }: Subscriber) {
  return { pk: topicKey(topic), sk: sortKey(connectionId, id) };
}

function sortKey(connectionId: string, id: string): string {
  return `${connectionId}#${id}`;
}

function textKey(hash: string) {
  return { pk: `operation#${hash}`, sk: 'operation' };
}

function toSubscriber({ pk: _, sk: __, expiresAt: ___, ...item }: Record<string, unknown>): Subscriber {
  const { connectionId, id, operation, client, startedAt, delivered } = item;
  if (typeof connectionId !== 'string' || typeof id !== 'string' || typeof startedAt !== 'number')
    throw new Error('An item of the connection table is no subscription');
  if (!operation || !client || !Array.isArray(delivered))
    throw new Error(`The subscription ${id} of the connection ${connectionId} is incomplete`);
  return item as unknown as Subscriber;
}
