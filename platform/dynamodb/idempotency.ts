import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { textProblem } from '../graphql/text.ts';
import { ItemReader } from './item-reader.ts';
import { EXPIRES_AT, expiryTime, singletonKey, type TableRef } from './table-ref.ts';
import type { TransactItem } from './transact.ts';

/** Longer than any client retries. */
const RETENTION_DAYS = 30;

/** A client's idempotency key and its input. */
export interface IdempotencyKey {
  /** User id: keys are unique per user. */
  owner: string;
  key: string;
  /** Values of the input, in a fixed order. */
  input: unknown[];
}

/** Result of a key's first use. */
export interface PreviousUse {
  /** Id of the created entity. */
  resultId: string;
  /** Whether the first use had the same input. */
  sameInput: boolean;
}

/** Returns the write that claims a key, for the transaction that has the key's effect. */
export function idempotencyPut(table: TableRef, key: IdempotencyKey, resultId: string, now: Date): TransactItem {
  const expiry = { [EXPIRES_AT]: expiryTime(now, RETENTION_DAYS) };
  const Item = { ...itemKey(table, key), inputHash: hash(key.input), resultId, ...expiry };
  return {
    Put: {
      TableName: table.name,
      Item,
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': table.partitionKey },
    },
  };
}

/** Returns the key's first use; undefined if it has not been used. */
export async function previousUse(
  client: DynamoDBDocumentClient,
  table: TableRef,
  key: IdempotencyKey,
): Promise<PreviousUse | undefined> {
  const get = new GetCommand({ TableName: table.name, Key: itemKey(table, key), ConsistentRead: true });
  const { Item } = await client.send(get);
  if (!Item) return undefined;
  const read = new ItemReader(Item, 'Idempotency key');
  return { resultId: read.string('resultId'), sameInput: read.string('inputHash') === hash(key.input) };
}

/** Returns a message for a key that is not valid. */
export function idempotencyKeyProblem(key: string): string | undefined {
  return textProblem(key, { label: 'An idempotency key', minLength: 1, maxLength: 100 });
}

function itemKey(table: TableRef, { owner, key }: IdempotencyKey): Record<string, string> {
  return singletonKey(table, `key#${hash([owner, key])}`);
}

function hash(values: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}
