import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { batchRead, type Item } from '#platform/dynamodb/batch-read.ts';
import { insertIfAbsent } from '#platform/dynamodb/insert-if-absent.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { completeUser, type User } from './user.ts';

/** Reads and writes the accounts table. */
export class UserStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = { name: tableName, partitionKey: 'id' };
  }

  /** Returns users by id, in any order. Ids must be distinct. */
  byIds(ids: string[]): Promise<User[]> {
    const keys = ids.map((id) => ({ id }));
    return batchRead(this.#client, this.#table.name, keys, toUser);
  }

  /**
   * Returns the stored user with this id. Adds `user` if there is none, or completes a provisional account from it.
   * Concurrent calls add one user.
   */
  async findOrAdd(user: User): Promise<User> {
    const { Item: item } = await this.#client.send(
      new GetCommand({ TableName: this.#table.name, Key: { id: user.id } }),
    );
    const found = item && toUser(item);
    if (found && !found.isProvisional) return found;
    const added = found ? completeUser(found, user) : user;
    const condition = found ? 'isProvisional = :true' : 'attribute_not_exists(id)';
    return (await this.#put(added, condition)) ? added : this.findOrAdd(user);
  }

  /** Adds a user unless the id exists. */
  async addIfAbsent(user: User): Promise<void> {
    await this.#put(user, 'attribute_not_exists(id)');
  }

  /** Saves an existing user. */
  async save(user: User): Promise<void> {
    const ConditionExpression = 'attribute_exists(id)';
    await this.#client.send(new PutCommand({ TableName: this.#table.name, Item: user, ConditionExpression }));
  }

  /** Puts a user; returns false if the condition failed. */
  async #put(user: User, ConditionExpression: string): Promise<boolean> {
    const values = ConditionExpression.includes(':true') && { ExpressionAttributeValues: { ':true': true } };
    try {
      const put = { TableName: this.#table.name, Item: user, ConditionExpression, ...values };
      await this.#client.send(new PutCommand(put));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** Adds the users whose ids do not exist yet, and returns their number. */
  addAbsent(users: User[]): Promise<number> {
    return insertIfAbsent(this.#client, this.#table, { values: users, toItem: (user) => ({ ...user }) });
  }
}

function toUser(item: Item): User {
  const read = new ItemReader(item, 'User');
  const about = read.optionalString('about');
  const photo = read.optionalString('photo');
  return {
    id: read.string('id'),
    role: read.oneOf('role', ['HOST', 'GUEST']),
    name: read.string('name'),
    email: read.string('email'),
    ...(about && { about }),
    ...(photo && { photo }),
    memberSince: read.string('memberSince'),
    ...(item.isProvisional === true && { isProvisional: true }),
  };
}
