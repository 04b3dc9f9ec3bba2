import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { getItem } from '#platform/dynamodb/get-item.ts';
import { type IdempotencyKey, idempotencyPut, type PreviousUse, previousUse } from '#platform/dynamodb/idempotency.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import { queryPage } from '#platform/dynamodb/query-page.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { failedConditions, transact } from '#platform/dynamodb/transact.ts';
import { outboxPut } from '#platform/events/outbox.ts';
import type { Page } from '#platform/graphql/connection.ts';
import type { PaymentEvent } from './events.ts';
import { balanceKey, entrySortKey, paymentsTable, toEntry } from './items.ts';
import { type AccountEntry, MAX_BALANCE, type Movement, walletOf } from './ledger.ts';
import { movementWrites } from './movement-writes.ts';

/** Sorts after every entry. */
const LAST = ':';

/** Reads wallets and writes deposits. */
export class WalletStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = paymentsTable(tableName);
  }

  /** Returns a user's balance in minor units, by a consistent read. */
  async balance(userId: string): Promise<number> {
    const item = await getItem(this.#client, this.#table.name, balanceKey(walletOf(userId)));
    return item ? new ItemReader(item, 'Balance').number('minorUnits') : 0;
  }

  /** Returns a page of a user's entries, newest first; `after` is the `entryOrder` of the previous page's last entry. */
  async entries(userId: string, first: number, after = LAST): Promise<Page<AccountEntry>> {
    const query = {
      TableName: this.#table.name,
      KeyConditionExpression: 'pk = :pk AND sk < :bound',
      ExpressionAttributeValues: { ':pk': balanceKey(walletOf(userId)).pk, ':bound': entrySortKey(after) },
      ScanIndexForward: false,
    };
    const { nodes, hasMore } = await queryPage(this.#client, query, first);
    return { nodes: nodes.map(toEntry), hasMore };
  }

  /** Returns the earlier use of an idempotency key, if any. */
  previousUse(key: IdempotencyKey): Promise<PreviousUse | undefined> {
    return previousUse(this.#client, this.#table, key);
  }

  /** Writes a deposit, if its key is unused and the balance stays within the limit. */
  async add(
    deposit: Movement,
    key: IdempotencyKey,
    event: PaymentEvent,
    now: Date,
  ): Promise<'ADDED' | 'KEY_USED' | 'WALLET_FULL'> {
    const [, { amount }] = deposit.entries;
    try {
      await transact(this.#client, [
        idempotencyPut(this.#table, key, deposit.id, now),
        ...movementWrites(this.#table, deposit, { max: MAX_BALANCE - amount }),
        outboxPut(this.#table, event),
      ]);
      return 'ADDED';
    } catch (error) {
      const [keyUsed, full] = failedConditions(error);
      if (keyUsed) return 'KEY_USED';
      if (full) return 'WALLET_FULL';
      throw error;
    }
  }
}
