import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import type { TransactItem } from '#platform/dynamodb/transact.ts';
import { balanceKey, entryItem } from './items.ts';
import { type Entry, isWallet, type Movement } from './ledger.ts';

/** What must be true of the first wallet that a movement touches. */
export interface BalanceCondition {
  /** The least that it holds before. */
  least?: number;
  /** The most that it holds before. */
  most?: number;
}

/**
 * The writes that make a movement, part of a transaction: the balance of each wallet first, then the entries. The outside
 * accounts have entries alone, and no account is shared by users: nothing is contended by all.
 */
export function movementWrites(table: TableRef, movement: Movement, first: BalanceCondition = {}): TransactItem[] {
  const wallets = movement.entries.filter(({ account }) => isWallet(account));
  return [
    ...wallets.map((entry, i) => balanceUpdate(table, entry, i === 0 ? first : {})),
    ...movement.entries.map((entry) => ({ Put: { TableName: table.name, Item: entryItem(entry, movement) } })),
  ];
}

function balanceUpdate(table: TableRef, { account, amount }: Entry, { least, most }: BalanceCondition): TransactItem {
  const conditions = [
    ...(least === undefined ? [] : ['minorUnits >= :least']),
    ...(most === undefined ? [] : ['(attribute_not_exists(minorUnits) OR minorUnits <= :most)']),
  ];
  return {
    Update: {
      TableName: table.name,
      Key: balanceKey(account),
      UpdateExpression: 'ADD minorUnits :amount',
      ...(conditions.length > 0 && { ConditionExpression: conditions.join(' AND ') }),
      ExpressionAttributeValues: {
        ':amount': amount,
        ...(least !== undefined && { ':least': least }),
        ...(most !== undefined && { ':most': most }),
      },
    },
  };
}
