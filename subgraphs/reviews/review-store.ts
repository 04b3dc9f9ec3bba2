import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchRead, chunksOf, isPossibleKey } from '#platform/dynamodb/batch-read.ts';
import { getItem } from '#platform/dynamodb/get-item.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { failedConditions, type TransactItem, transact } from '#platform/dynamodb/transact.ts';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import { outboxPut } from '#platform/events/outbox.ts';
import type { Page, PageRequest } from '#platform/graphql/connection.ts';
import type { Ratings, Review, Subject } from './review.ts';
import {
  ratingsKey,
  reviewItem,
  reviewKey,
  stayItem,
  stayKey,
  subjectKey,
  toRatings,
  toReview,
  toStay,
} from './review-items.ts';
import type { Stay } from './stay.ts';

/** A transaction has at most 100 writes: each review and its subject's ratings, and one event. */
const REVIEWS_PER_TRANSACTION = 49;
/** Sorts after every time. */
const AFTER_EVERYTHING = '~';

/** Reads and writes the reviews table: reviews, the ratings of each subject, and stays. */
export class ReviewStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = { name: tableName, partitionKey: 'id' };
  }

  /** Returns reviews by id, in any order. Ids must be distinct. */
  byIds(ids: string[]): Promise<Review[]> {
    return batchRead(this.#client, this.#table.name, ids.map(reviewKey), toReview);
  }

  /** Returns the ratings of subjects that have reviews, in any order. Subjects must be distinct. */
  ratingsOf(subjects: Subject[]): Promise<Ratings[]> {
    return batchRead(this.#client, this.#table.name, subjects.map(ratingsKey), toRatings);
  }

  /** Returns a page of a subject's reviews, newest first. */
  async newestOf(subject: Subject, { first, after }: PageRequest): Promise<Page<Review>> {
    const before = isPossibleKey(after?.writtenKey) ? after.writtenKey : AFTER_EVERYTHING;
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table.name,
        IndexName: 'by-age',
        KeyConditionExpression: 'subject = :subject AND writtenKey < :before',
        ExpressionAttributeValues: { ':subject': subjectKey(subject), ':before': before },
        ScanIndexForward: false,
        Limit: first + 1,
      }),
    );
    return { nodes: Items.slice(0, first).map(toReview), hasMore: Items.length > first };
  }

  /** Returns the stay of a booking, by a consistent read. */
  async stay(bookingId: string): Promise<Stay | undefined> {
    const item = await getItem(this.#client, this.#table.name, stayKey(bookingId));
    return item && toStay(item);
  }

  /** Saves a stay, unless the stored version is the same or later. */
  async saveStay(stay: Stay): Promise<void> {
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#table.name,
          Item: stayItem(stay),
          ConditionExpression: 'attribute_not_exists(id) OR version < :version',
          ExpressionAttributeValues: { ':version': stay.version },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  /**
   * Adds a review, its rating and its event in one transaction. Writes nothing if the review exists, or the stay has changed
   * since it was read.
   */
  async add(review: Review, stay: Stay, event: DomainEvent): Promise<'ADDED' | 'EXISTS' | 'STAY_CHANGED'> {
    try {
      await transact(this.#client, [
        this.#reviewPut(review),
        this.#stayCheck(stay),
        ...this.#ratingUpdates([review]),
        outboxPut(this.#table, event),
      ]);
      return 'ADDED';
    } catch (error) {
      const [exists, stayChanged] = failedConditions(error);
      if (exists) return 'EXISTS';
      if (stayChanged) return 'STAY_CHANGED';
      throw error;
    }
  }

  /** Adds the reviews that do not exist yet, without checking stays, and returns their number. Ids must be distinct. */
  async addAbsent(reviews: Review[], announce: (added: Review[]) => DomainEvent): Promise<number> {
    let added = 0;
    for (const chunk of chunksOf(REVIEWS_PER_TRANSACTION, reviews)) added += await this.#addChunk(chunk, announce);
    return added;
  }

  /** Existing reviews cancel the whole transaction. Retries without them. */
  async #addChunk(reviews: Review[], announce: (added: Review[]) => DomainEvent): Promise<number> {
    if (reviews.length === 0) return 0;
    const puts = reviews.map((review) => this.#reviewPut(review));
    try {
      await transact(this.#client, [
        ...puts,
        ...this.#ratingUpdates(reviews),
        outboxPut(this.#table, announce(reviews)),
      ]);
      return reviews.length;
    } catch (error) {
      const exists = failedConditions(error);
      const missing = reviews.filter((_, i) => !exists[i]);
      if (missing.length === reviews.length) throw error;
      return this.#addChunk(missing, announce);
    }
  }

  #reviewPut(review: Review): TransactItem {
    const ConditionExpression = 'attribute_not_exists(id)';
    return { Put: { TableName: this.#table.name, Item: reviewItem(review), ConditionExpression } };
  }

  #stayCheck({ bookingId, version }: Stay): TransactItem {
    return {
      ConditionCheck: {
        TableName: this.#table.name,
        Key: stayKey(bookingId),
        ConditionExpression: 'version = :version',
        ExpressionAttributeValues: { ':version': version },
      },
    };
  }

  /** Returns one update per subject, since a transaction cannot write an item twice. */
  #ratingUpdates(reviews: Review[]): TransactItem[] {
    const bySubject = Map.groupBy(reviews, ({ subject }) => subjectKey(subject));
    return [...bySubject].map(([key, ofSubject]) => ({
      Update: {
        TableName: this.#table.name,
        Key: { id: `ratings#${key}` },
        UpdateExpression: 'SET subject = :subject ADD ratingCount :count, ratingSum :sum',
        ExpressionAttributeValues: {
          ':subject': key,
          ':count': ofSubject.length,
          ':sum': ofSubject.reduce((sum, { rating }) => sum + rating, 0),
        },
      },
    }));
  }
}
