import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { batchRead, type Item } from '#platform/dynamodb/batch-read.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import type { Member } from './member.ts';

/** Reads and writes of the members table. */
export class MemberStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Returns members in any order; ids must be unique. */
  async byIds(ids: string[]): Promise<Member[]> {
    const keys = ids.map((id) => ({ id }));
    return batchRead(this.#client, this.#table, keys, toMember);
  }

  /** Returns the stored member with this id, or adds this one. Concurrent calls add one member. */
  async findOrAdd(member: Member): Promise<Member> {
    const get = new GetCommand({ TableName: this.#table, Key: { id: member.id } });
    const { Item: item } = await this.#client.send(get);
    if (item) return toMember(item);
    try {
      const ConditionExpression = 'attribute_not_exists(id)';
      await this.#client.send(new PutCommand({ TableName: this.#table, Item: member, ConditionExpression }));
      return member;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return this.findOrAdd(member);
      throw error;
    }
  }

  async save(member: Member): Promise<void> {
    await this.#client.send(new PutCommand({ TableName: this.#table, Item: member }));
  }
}

function toMember(item: Item): Member {
  const read = new ItemReader(item, 'Member');
  return { id: read.string('id'), name: read.string('name'), email: read.string('email') };
}
