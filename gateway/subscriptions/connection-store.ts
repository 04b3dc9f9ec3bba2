import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { GraphQLFormattedError } from 'graphql';
import { EXPIRES_AT } from '#platform/dynamodb/table-ref.ts';
import { type ClientFacts, expiry, type Identity } from './items.ts';

/** Whose connection it is, or why its client is not admitted. */
export type Admission = Identity | { refusal: GraphQLFormattedError };

/** A client's connection. */
export interface Connection extends Identity {
  id: string;
  client: ClientFacts;
  /** Whether the client has been acknowledged. */
  isReady: boolean;
  /** Error of every subscription, since the client was not admitted. */
  refusal?: GraphQLFormattedError;
  /** Partition keys of the topics by subscription id; `STARTING` until the topic is known. */
  subscriptions: Record<string, string>;
  /** Epoch seconds. */
  expiresAt: number;
}

/** Outcome of a reservation of a subscription's id. */
export type Reservation = 'reserved' | 'duplicate' | 'completed' | 'tooMany' | 'missing';

/** Value of a subscription that is being started. */
export const STARTING = 'starting';
/** Seconds until a client must have sent `connection_init`. */
const INITIALISATION_SECONDS = 60;

/** Connections with the ids of their subscriptions. Messages of a connection are handled concurrently, in any order. */
export class ConnectionStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Adds a new connection, without its viewer. */
  async open(id: string, client: ClientFacts, now: number): Promise<void> {
    const state = { client, subscriptions: {}, completed: {}, isReady: false };
    const Item = { ...keyOf(id), ...state, ...expiry(now, INITIALISATION_SECONDS) };
    await this.#client.send(new PutCommand({ TableName: this.#table, Item }));
  }

  /** Returns a connection by a consistent read. */
  async get(id: string): Promise<Connection | undefined> {
    const get = new GetCommand({ TableName: this.#table, Key: keyOf(id), ConsistentRead: true });
    const { Item } = await this.#client.send(get);
    return Item && toConnection(id, Item);
  }

  /** Acknowledges a connection with its viewer or a refusal; false if it has ended or was acknowledged before. */
  async acknowledge(id: string, admission: Admission, now: number): Promise<boolean> {
    const { ok } = await this.#update(id, {
      UpdateExpression: 'SET isReady = :yes, #admission = :admission, #expiry = :expiry',
      ConditionExpression: 'attribute_exists(pk) AND isReady = :no',
      ExpressionAttributeNames: { '#admission': 'admission', '#expiry': EXPIRES_AT },
      ExpressionAttributeValues: {
        ':yes': true,
        ':no': false,
        ':admission': admission,
        ':expiry': expiry(now)[EXPIRES_AT],
      },
    });
    return ok;
  }

  /**
   * Reserves the id of a new subscription. `receivedAt` is the time at which API Gateway received the message: a subscription that
   * the client completed later is not started.
   */
  async reserve(id: string, subscription: string, receivedAt: number, maximum: number): Promise<Reservation> {
    const { ok, old } = await this.#update(id, {
      UpdateExpression: 'SET subscriptions.#id = :starting REMOVE completed.#id',
      ConditionExpression:
        'attribute_exists(pk) AND attribute_not_exists(subscriptions.#id) AND size(subscriptions) < :maximum' +
        ' AND (attribute_not_exists(completed.#id) OR completed.#id <= :receivedAt)',
      ExpressionAttributeNames: { '#id': subscription },
      ExpressionAttributeValues: { ':starting': STARTING, ':maximum': maximum, ':receivedAt': receivedAt },
    });
    if (ok) return 'reserved';
    if (!old) return 'missing';
    const { subscriptions } = old;
    if (Object.hasOwn(subscriptions, subscription)) return 'duplicate';
    return Object.keys(subscriptions).length >= maximum ? 'tooMany' : 'completed';
  }

  /** Sets the topic of a reserved subscription; false if it has been completed or the connection has ended. */
  async activate(id: string, subscription: string, topicKey: string): Promise<boolean> {
    const { ok } = await this.#update(id, {
      UpdateExpression: 'SET subscriptions.#id = :topic',
      ConditionExpression: 'attribute_exists(pk) AND subscriptions.#id = :starting',
      ExpressionAttributeNames: { '#id': subscription },
      ExpressionAttributeValues: { ':topic': topicKey, ':starting': STARTING },
    });
    return ok;
  }

  /**
   * Removes the id of a subscription; returns the partition key of its topic, or `STARTING`. An unknown id is remembered, since
   * its `subscribe` may still arrive.
   */
  async complete(id: string, subscription: string, receivedAt: number): Promise<string | undefined> {
    const { ok, old } = await this.#update(id, {
      UpdateExpression: 'REMOVE subscriptions.#id',
      ConditionExpression: 'attribute_exists(subscriptions.#id)',
      ExpressionAttributeNames: { '#id': subscription },
    });
    if (!ok && old) await this.#remember(id, subscription, receivedAt);
    return ok ? old?.subscriptions[subscription] : undefined;
  }

  /** Removes a connection; returns it as it was. */
  async remove(id: string): Promise<Connection | undefined> {
    const command = new DeleteCommand({ TableName: this.#table, Key: keyOf(id), ReturnValues: 'ALL_OLD' });
    const { Attributes } = await this.#client.send(command);
    return Attributes && toConnection(id, Attributes);
  }

  /** Remembers that a subscription was completed before it arrived; at most `MAX_REMEMBERED`, else only the last. */
  async #remember(id: string, subscription: string, receivedAt: number): Promise<void> {
    const { ok } = await this.#update(id, {
      UpdateExpression: 'SET completed.#id = :at',
      ConditionExpression: 'attribute_exists(pk) AND size(completed) < :maximum',
      ExpressionAttributeNames: { '#id': subscription },
      ExpressionAttributeValues: { ':at': receivedAt, ':maximum': MAX_REMEMBERED },
    });
    if (ok) return;
    await this.#update(id, {
      UpdateExpression: 'SET completed = :completed',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':completed': { [subscription]: receivedAt } },
    });
  }

  /** Updates a connection; returns whether the condition held, and the connection before; undefined if it has ended. */
  async #update(
    id: string,
    update: Omit<UpdateCommandInput, 'TableName' | 'Key'>,
  ): Promise<{ ok: boolean; old: Connection | undefined }> {
    const Key = keyOf(id);
    const command = new UpdateCommand({ TableName: this.#table, Key, ...update, ReturnValues: 'ALL_OLD' });
    try {
      const { Attributes } = await this.#client.send(command);
      return { ok: true, old: Attributes && toConnection(id, Attributes) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { ok: false, old: await this.get(id) };
    }
  }
}

/** Maximum number of subscriptions remembered as completed. */
const MAX_REMEMBERED = 50;

function keyOf(id: string) {
  return { pk: `connection#${id}`, sk: 'connection' };
}

function toConnection(id: string, item: Record<string, unknown>): Connection {
  const { client, admission = {}, isReady, subscriptions } = item;
  if (!client || typeof isReady !== 'boolean' || typeof subscriptions !== 'object' || subscriptions === null)
    throw new Error(`The item of the connection ${id} is incomplete`);
  return {
    ...(admission as Admission),
    id,
    client: client as ClientFacts,
    isReady,
    subscriptions: subscriptions as Record<string, string>,
    expiresAt: Number(item[EXPIRES_AT]),
  };
}
