import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet, type Item } from '#platform/batch.ts';
import type { Page, PageRequest } from '#platform/connection.ts';
import { ItemReader } from '#platform/item-reader.ts';
import type { Ratings, Review, Subject } from './review.ts';

/** The part of a subject's items that holds its ratings, added up. */
const RATINGS = 'ratings';

/** Every read and write of the reviews table: a subject's reviews, an item each, beside one item with their sum. */
export class ReviewStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Reviews by subject and author, in any order; they must differ. */
  async byAuthors(keys: Pick<Review, 'subject' | 'authorId'>[]): Promise<Review[]> {
    return (await batchGet(this.#client, this.#table, keys.map(reviewKey))).map(toReview);
  }

  /** The ratings of subjects, in any order; a subject without reviews is left out. Subjects must differ. */
  async ratingsOf(subjects: Subject[]): Promise<Ratings[]> {
    const keys = subjects.map((subject) => ({ subject: subjectKey(subject), part: RATINGS }));
    return (await batchGet(this.#client, this.#table, keys)).map(toRatings);
  }

  /** A subject's reviews, newest first. */
  async newestOf(subject: Subject, { first, after }: PageRequest): Promise<Page<Review>> {
    const partition = subjectKey(subject);
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: 'by-age',
        KeyConditionExpression: 'subject = :subject',
        ExpressionAttributeValues: { ':subject': partition },
        ScanIndexForward: false,
        Limit: first + 1,
        ExclusiveStartKey: after && { subject: partition, part: after.part, writtenKey: after.writtenKey },
      }),
    );
    return { nodes: Items.slice(0, first).map(toReview), hasMore: Items.length > first };
  }

  /** Adds a review and counts its rating, both or neither; false if the author has reviewed the subject before. */
  async add(review: Review): Promise<boolean> {
    const TableName = this.#table;
    const Put = { TableName, Item: toItem(review), ConditionExpression: 'attribute_not_exists(part)' };
    const Update = {
      TableName,
      Key: { subject: subjectKey(review.subject), part: RATINGS },
      UpdateExpression: 'ADD ratingCount :one, ratingSum :rating',
      ExpressionAttributeValues: { ':one': 1, ':rating': review.rating },
    };
    try {
      await this.#client.send(new TransactWriteCommand({ TransactItems: [{ Put }, { Update }] }));
      return true;
    } catch (error) {
      if (isThereAlready(error)) return false;
      throw error;
    }
  }
}

/** The cursor key of a review among its subject's: where a next page starts. */
export function ageKey(review: Review): { part: string; writtenKey: string } {
  return { part: reviewKey(review).part, writtenKey: writtenKey(review) };
}

const subjectKey = ({ type, id }: Subject) => `${type}#${id}`;
const writtenKey = ({ writtenAt, authorId }: Review) => `${writtenAt}#${authorId}`;

function reviewKey({ subject, authorId }: Pick<Review, 'subject' | 'authorId'>) {
  return { subject: subjectKey(subject), part: `review#${authorId}` };
}

/** The review is the transaction's first item. */
function isThereAlready(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException && error.CancellationReasons?.[0]?.Code === 'ConditionalCheckFailed'
  );
}

function toItem(review: Review): Item {
  const { authorId, rating, text, writtenAt } = review;
  return { ...reviewKey(review), writtenKey: writtenKey(review), authorId, rating, text, writtenAt };
}

function toReview(item: Item): Review {
  const read = new ItemReader(item, 'Review');
  return {
    subject: toSubject(read),
    authorId: read.string('authorId'),
    rating: read.number('rating'),
    text: read.string('text'),
    writtenAt: read.string('writtenAt'),
  };
}

function toRatings(item: Item): Ratings {
  const read = new ItemReader(item, 'Ratings');
  return { subject: toSubject(read), count: read.number('ratingCount'), sum: read.number('ratingSum') };
}

function toSubject(read: ItemReader): Subject {
  const [type, id = ''] = read.string('subject').split('#');
  return { type: type === 'Host' ? 'Host' : 'Listing', id };
}
