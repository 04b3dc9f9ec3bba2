import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { addNew } from '#platform/add-new.ts';
import { batchRead, type Item } from '#platform/batch.ts';
import { ItemReader } from '#platform/item-reader.ts';
import type { TableRef } from '#platform/table-ref.ts';
import type { User } from './user.ts';

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

  /** The user as kept; if there is none with that id, the given one is added. Two calls at once add one user. */
  async findOrAdd(user: User): Promise<User> {
    const { Item: item } = await this.#client.send(
      new GetCommand({ TableName: this.#table.name, Key: { id: user.id } }),
    );
    if (item) return toUser(item);
    try {
      const ConditionExpression = 'attribute_not_exists(id)';
      await this.#client.send(new PutCommand({ TableName: this.#table.name, Item: user, ConditionExpression }));
      return user;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return this.findOrAdd(user);
      throw error;
    }
  }

  /** Saves a change of a user that exists. */
  async save(user: User): Promise<void> {
    const ConditionExpression = 'attribute_exists(id)';
    await this.#client.send(new PutCommand({ TableName: this.#table.name, Item: user, ConditionExpression }));
  }

  /** Adds the users that are not there yet; returns how many. Who exists is left as they are. */
  addMissing(users: User[]): Promise<number> {
    return addNew(this.#client, this.#table, { values: users, toItem: (user) => ({ ...user }) });
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
  };
}
