import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import type { TransactItem } from '#platform/dynamodb/transact.ts';
import { balanceKey, entryItem } from './items.ts';
import { type Entry, isWallet, type Movement } from './ledger.ts';

/** Condition on the balance of a movement's first wallet before the movement. */
export interface BalanceCondition {
  min?: number;
  max?: number;
}

/**
 * Returns a movement's writes for a transaction: the balance of each wallet, then the entries. External accounts have no
 * balance.
 */
export function movementWrites(table: TableRef, movement: Movement, condition: BalanceCondition = {}): TransactItem[] {
  const wallets = movement.entries.filter(({ account }) => isWallet(account));
  return [
    ...wallets.map((entry, i) => balanceUpdate(table, entry, i === 0 ? condition : {})),
    ...movement.entries.map((entry) => ({ Put: { TableName: table.name, Item: entryItem(entry, movement) } })),
  ];
}

function balanceUpdate(table: TableRef, { account, amount }: Entry, { min, max }: BalanceCondition): TransactItem {
  const conditions = [
    ...(min === undefined ? [] : ['minorUnits >= :min']),
    ...(max === undefined ? [] : ['(attribute_not_exists(minorUnits) OR minorUnits <= :max)']),
  ];
  return {
    Update: {
      TableName: table.name,
      Key: balanceKey(account),
      UpdateExpression: 'ADD minorUnits :amount',
      ...(conditions.length > 0 && { ConditionExpression: conditions.join(' AND ') }),
      ExpressionAttributeValues: {
        ':amount': amount,
        ...(min !== undefined && { ':min': min }),
        ...(max !== undefined && { ':max': max }),
      },
    },
  };
}
