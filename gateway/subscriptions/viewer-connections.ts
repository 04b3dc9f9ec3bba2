import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { expiry } from './items.ts';

const DAY_SECONDS = 24 * 60 * 60;

/** Ids of each viewer's connections, of which there is a maximum. */
export class ViewerConnections {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #maximum: number;

  constructor(client: DynamoDBDocumentClient, table: string, maximum: number) {
    this.#client = client;
    this.#table = table;
    this.#maximum = maximum;
  }

  /**
   * Adds a connection; false if the viewer has the maximum. At the maximum, ids of connections that no longer exist are removed
   * first.
   */
  async add(
    viewerId: string,
    connectionId: string,
    exists: (id: string) => Promise<boolean>,
    now: number,
  ): Promise<boolean> {
    if (await this.#addBelowMaximum(viewerId, connectionId, now)) return true;
    const known = await this.#all(viewerId);
    const states = await Promise.all(known.map(async (id) => ({ id, isAlive: await exists(id) })));
    const ended = states.filter(({ isAlive }) => !isAlive).map(({ id }) => id);
    if (ended.length === 0) return false;
    await this.remove(viewerId, ended);
    return this.#addBelowMaximum(viewerId, connectionId, now);
  }

  /** Removes connections of a viewer. */
  async remove(viewerId: string, connectionIds: string[]): Promise<void> {
    await this.#update(viewerId, {
      UpdateExpression: 'DELETE connections :ids',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':ids': new Set(connectionIds) },
    });
  }

  #addBelowMaximum(viewerId: string, connectionId: string, now: number): Promise<boolean> {
    return this.#update(viewerId, {
      UpdateExpression: 'ADD connections :ids SET expiresAt = :expiry',
      ConditionExpression: 'attribute_not_exists(connections) OR size(connections) < :maximum',
      ExpressionAttributeValues: {
        ':ids': new Set([connectionId]),
        ':maximum': this.#maximum,
        ':expiry': expiry(now, DAY_SECONDS).expiresAt,
      },
    });
  }

  /** Returns whether the condition held. */
  async #update(viewerId: string, update: Omit<UpdateCommandInput, 'TableName' | 'Key'>): Promise<boolean> {
    try {
      await this.#client.send(new UpdateCommand({ TableName: this.#table, Key: keyOf(viewerId), ...update }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async #all(viewerId: string): Promise<string[]> {
    const get = new GetCommand({ TableName: this.#table, Key: keyOf(viewerId), ConsistentRead: true });
    const { Item } = await this.#client.send(get);
    return Item?.connections instanceof Set ? [...Item.connections] : [];
  }
}

function keyOf(viewerId: string) {
  return { pk: `viewer#${viewerId}`, sk: 'connections' };
}
