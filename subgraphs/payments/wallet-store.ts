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
import { type AccountEntry, MOST_IN_WALLET, type Movement, walletOf } from './ledger.ts';
import { movementWrites } from './movement-writes.ts';

/** Sorts after the order of every entry. */
const LAST = ':';

/** Every read of wallets, and how money comes into them from outside. */
export class WalletStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = paymentsTable(tableName);
  }

  /** What a user has, in minor units, as the last write left it. */
  async balance(userId: string): Promise<number> {
    const item = await getItem(this.#client, this.#table.name, balanceKey(walletOf(userId)));
    return item ? new ItemReader(item, 'Balance').number('minorUnits') : 0;
  }

  /** A user's entries, newest first; `after` is the order of the entry at which a page before ended. */
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

  /** What came of an idempotency key before, if it has been used. */
  previousUse(key: IdempotencyKey): Promise<PreviousUse | undefined> {
    return previousUse(this.#client, this.#table, key);
  }

  /** Pays money in, once a key, if the wallet is not full. */
  async add(
    funding: Movement,
    key: IdempotencyKey,
    event: PaymentEvent,
    now: Date,
  ): Promise<'ADDED' | 'KEY_USED' | 'WALLET_FULL'> {
    const [, { amount }] = funding.entries;
    try {
      await transact(this.#client, [
        idempotencyPut(this.#table, key, funding.id, now),
        ...movementWrites(this.#table, funding, { most: MOST_IN_WALLET - amount }),
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
