import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { batchRead, type Item } from '#platform/dynamodb/batch-read.ts';
import { insertIfAbsent } from '#platform/dynamodb/insert-if-absent.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { complete, type User } from './user.ts';

/** Every read and write of the accounts table. */
export class UserStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = { name: tableName, partitionKey: 'id' };
  }

  /** Users by id, in any order; ids must differ. */
  byIds(ids: string[]): Promise<User[]> {
    const keys = ids.map((id) => ({ id }));
    return batchRead(this.#client, this.#table.name, keys, toUser);
  }

  /**
   * The user as kept. The given one is added if there is none with that id, and completes a provisional one. Two calls at
   * once add one user.
   */
  async findOrAdd(user: User): Promise<User> {
    const { Item: item } = await this.#client.send(
      new GetCommand({ TableName: this.#table.name, Key: { id: user.id } }),
    );
    const found = item && toUser(item);
    if (found && !found.isProvisional) return found;
    const added = found ? complete(found, user) : user;
    const condition = found ? 'isProvisional = :true' : 'attribute_not_exists(id)';
    return (await this.#put(added, condition)) ? added : this.findOrAdd(user);
  }

  /** Adds a user unless there is one with that id. */
  async addIfAbsent(user: User): Promise<void> {
    await this.#put(user, 'attribute_not_exists(id)');
  }

  /** Saves a change of a user that exists. */
  async save(user: User): Promise<void> {
    const ConditionExpression = 'attribute_exists(id)';
    await this.#client.send(new PutCommand({ TableName: this.#table.name, Item: user, ConditionExpression }));
  }

  /** Puts a user on a condition; returns whether it held. */
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

  /** Adds the users that are not there yet; returns how many. Who exists is left as they are. */
  addMissing(users: User[]): Promise<number> {
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
