import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { brokenTextRule } from '../graphql/text.ts';
import { ItemReader } from './item-reader.ts';
import { daysFrom, EXPIRES_AT, soleKey, type TableRef } from './table-ref.ts';
import type { TransactItem } from './transact.ts';

/** Longer than any client tries again. */
const DAYS_KEPT = 30;

/** A client's key for one wish of theirs, however often it is sent, with what they wish. */
export interface IdempotencyKey {
  /** The user's id: others may use the same key. */
  owner: string;
  key: string;
  /** The values of the input, in a fixed order. */
  input: unknown[];
}

/** What came of a key's first use. */
export interface EarlierUse {
  /** The id of what was made. */
  resultId: string;
  /** Whether the input was the same. */
  sameInput: boolean;
}

/** The write that takes a key: of the transaction with its effect, so that there is no second one. */
export function idempotencyPut(table: TableRef, key: IdempotencyKey, resultId: string, now: Date): TransactItem {
  const expiry = { [EXPIRES_AT]: daysFrom(now, DAYS_KEPT) };
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

/** The key's first use, if it has been used. */
export async function earlierUse(
  client: DynamoDBDocumentClient,
  table: TableRef,
  key: IdempotencyKey,
): Promise<EarlierUse | undefined> {
  const get = new GetCommand({ TableName: table.name, Key: itemKey(table, key), ConsistentRead: true });
  const { Item } = await client.send(get);
  if (!Item) return undefined;
  const read = new ItemReader(Item, 'Idempotency key');
  return { resultId: read.string('resultId'), sameInput: read.string('inputHash') === hash(key.input) };
}

/** The rule that a key breaks, in words for people. */
export function brokenKeyRule(key: string): string | undefined {
  return brokenTextRule(key, { what: 'An idempotency key', least: 1, most: 100 });
}

function itemKey(table: TableRef, { owner, key }: IdempotencyKey): Record<string, string> {
  return soleKey(table, `key#${hash([owner, key])}`);
}

function hash(values: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}
