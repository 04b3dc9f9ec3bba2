import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { batchRead, type Item, isPossibleKey } from '#platform/dynamodb/batch-read.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import { queryPage } from '#platform/dynamodb/query-page.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { failedConditions, transact } from '#platform/dynamodb/transact.ts';
import { outboxPut } from '#platform/events/outbox.ts';
import type { Page, PageRequest } from '#platform/graphql/connection.ts';
import type { Book } from './book.ts';
import type { BookEvent } from './events.ts';

/** List of books, by the partition key of its index. */
export type BookList = { offered: 'yes' } | { offeredGenre: string } | { ownerId: string };

const INDEXES = { offered: 'offered-by-age', offeredGenre: 'genre-by-age', ownerId: 'owner-by-age' };

/** Reads and writes of the books table. */
export class BookStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = { name: tableName, partitionKey: 'id' };
  }

  /** Returns books in any order; ids must be unique. */
  async byIds(ids: string[]): Promise<Book[]> {
    const keys = ids.map((id) => ({ id }));
    return batchRead(this.#client, this.#table.name, keys, toBook);
  }

  /** Returns a book by a consistent read, for a change of it. */
  async latest(id: string): Promise<Book | undefined> {
    if (!isPossibleKey(id)) return undefined;
    const get = new GetCommand({ TableName: this.#table.name, Key: { id }, ConsistentRead: true });
    const { Item } = await this.#client.send(get);
    return Item && toBook(Item);
  }

  /** Returns a page of a list, newest first. */
  async newestOf(list: BookList, { first, after }: PageRequest): Promise<Page<Book>> {
    const [[attribute, value] = ['', '']] = Object.entries(list);
    const query = {
      TableName: this.#table.name,
      IndexName: INDEXES[attribute as keyof typeof INDEXES],
      KeyConditionExpression: '#list = :list',
      ExpressionAttributeNames: { '#list': attribute },
      ExpressionAttributeValues: { ':list': value },
      ScanIndexForward: false,
      ExclusiveStartKey: after && { id: after.id, ageKey: after.ageKey, [attribute]: value },
    };
    const { nodes, hasMore } = await queryPage(this.#client, query, first);
    return { nodes: nodes.map(toBook), hasMore };
  }

  /** Saves a new or changed book with its event in one transaction; false if a concurrent change was saved first. */
  async save(book: Book, event: BookEvent): Promise<boolean> {
    const Put = {
      TableName: this.#table.name,
      Item: toItem(book),
      ConditionExpression: book.version === 1 ? 'attribute_not_exists(id)' : 'version = :before',
      ...(book.version > 1 && { ExpressionAttributeValues: { ':before': book.version - 1 } }),
    };
    try {
      await transact(this.#client, [{ Put }, outboxPut(this.#table, event)]);
      return true;
    } catch (error) {
      if (failedConditions(error)[0]) return false;
      throw error;
    }
  }
}

/** Returns the cursor key of a book, the same in each list. */
export function ageKey({ id, offeredAt }: Book): { id: string; ageKey: string } {
  return { id, ageKey: `${offeredAt}#${id}` };
}

/** Returns the item of a book, with the keys of the lists that it is in. */
function toItem(book: Book): Item {
  return { ...book, ...ageKey(book), ...(book.isOffered && { offered: 'yes', offeredGenre: book.genre }) };
}

function toBook(item: Item): Book {
  const read = new ItemReader(item, 'Book');
  return {
    id: read.string('id'),
    ownerId: read.string('ownerId'),
    title: read.string('title'),
    author: read.string('author'),
    language: read.string('language'),
    pages: read.number('pages'),
    publishedIn: read.number('publishedIn'),
    summary: read.string('summary'),
    weightGrams: read.number('weightGrams'),
    genre: read.string('genre'),
    isOffered: item.isOffered === true,
    offeredAt: read.string('offeredAt'),
    version: read.number('version'),
  };
}
