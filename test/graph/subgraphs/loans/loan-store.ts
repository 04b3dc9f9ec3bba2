import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet, batchRead, isPossibleKey } from '#platform/dynamodb/batch-read.ts';
import { batchPut } from '#platform/dynamodb/batch-write.ts';
import { type IdempotencyKey, idempotencyPut, type PreviousUse, previousUse } from '#platform/dynamodb/idempotency.ts';
import { queryPage } from '#platform/dynamodb/query-page.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { failedConditions, transact } from '#platform/dynamodb/transact.ts';
import { outboxPut } from '#platform/events/outbox.ts';
import type { Page, PageRequest } from '#platform/graphql/connection.ts';
import type { BookCopy, BookState } from './book-copy.ts';
import type { LoanEvent } from './events.ts';
import { copyItem, copyKey, loanItem, loanKey, loansTable, outKey, toBookStates, toLoan } from './items.ts';
import type { Loan } from './loan.ts';

/** Reads and writes of the loans table. A loan and the `out` item of its book change in one transaction. */
export class LoanStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = loansTable(tableName);
  }

  /** Returns loans in any order; ids must be unique. */
  async byIds(ids: string[]): Promise<Loan[]> {
    return batchRead(this.#client, this.#table.name, ids.map(loanKey), toLoan);
  }

  /** Returns a loan by a consistent read, for a change of it. */
  async latest(id: string): Promise<Loan | undefined> {
    if (!isPossibleKey(id)) return undefined;
    const get = new GetCommand({ TableName: this.#table.name, Key: loanKey(id), ConsistentRead: true });
    const { Item } = await this.#client.send(get);
    return Item && toLoan(Item);
  }

  /** Returns a page of a member's loans, newest first. */
  async ofMember(memberId: string, { first, after }: PageRequest): Promise<Page<Loan>> {
    const query = {
      TableName: this.#table.name,
      IndexName: 'member-by-age',
      KeyConditionExpression: 'memberId = :member',
      ExpressionAttributeValues: { ':member': memberId },
      ScanIndexForward: false,
      ExclusiveStartKey: after && { pk: after.pk, sk: after.sk, ageKey: after.ageKey, memberId },
    };
    const { nodes, hasMore } = await queryPage(this.#client, query, first);
    return { nodes: nodes.map(toLoan), hasMore };
  }

  /** Returns the known books in any order; ids must be unique. */
  async books(ids: string[]): Promise<BookState[]> {
    const keys = ids.flatMap((id) => [copyKey(id), outKey(id)]);
    return toBookStates(await batchGet(this.#client, this.#table.name, keys));
  }

  /** Saves the copy of a book, unless it is older than the saved one: events may arrive twice and out of order. */
  async saveCopy(copy: BookCopy): Promise<void> {
    const Put = {
      TableName: this.#table.name,
      Item: copyItem(copy),
      ConditionExpression: 'attribute_not_exists(pk) OR version < :version',
      ExpressionAttributeValues: { ':version': copy.version },
    };
    await batchPut(this.#client, this.#table, { values: [copy], put: () => ({ Put }) });
  }

  /** Returns the earlier use of an idempotency key, if any. */
  previousUse(key: IdempotencyKey): Promise<PreviousUse | undefined> {
    return previousUse(this.#client, this.#table, key);
  }

  /** Adds a loan and marks its book as lent, if the key is unused and the book not lent. */
  async add(loan: Loan, key: IdempotencyKey, event: LoanEvent, now: Date): Promise<'ADDED' | 'KEY_USED' | 'BOOK_OUT'> {
    const isNew = { TableName: this.#table.name, ConditionExpression: 'attribute_not_exists(pk)' };
    try {
      await transact(this.#client, [
        idempotencyPut(this.#table, key, loan.id, now),
        { Put: { ...isNew, Item: { ...outKey(loan.bookId), loanId: loan.id } } },
        { Put: { ...isNew, Item: loanItem(loan) } },
        outboxPut(this.#table, event),
      ]);
      return 'ADDED';
    } catch (error) {
      const [keyUsed, isOut] = failedConditions(error);
      if (keyUsed) return 'KEY_USED';
      if (isOut) return 'BOOK_OUT';
      throw error;
    }
  }

  /** Saves an ended loan and frees its book; false if a concurrent change was saved first. */
  async end(loan: Loan, event: LoanEvent): Promise<boolean> {
    const Put = {
      TableName: this.#table.name,
      Item: loanItem(loan),
      ConditionExpression: 'version = :before',
      ExpressionAttributeValues: { ':before': loan.version - 1 },
    };
    const Delete = { TableName: this.#table.name, Key: outKey(loan.bookId) };
    try {
      await transact(this.#client, [{ Put }, { Delete }, outboxPut(this.#table, event)]);
      return true;
    } catch (error) {
      if (failedConditions(error)[0]) return false;
      throw error;
    }
  }
}
