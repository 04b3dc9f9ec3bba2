import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { invalidCursor, type Page } from '../graphql/connection.ts';
import type { Item } from './batch-read.ts';

const LIMIT_GROWTH = 4;

/**
 * Queries until the page is full or no items are left, since a filter can leave a query's result short. Begins with the
 * requested number of items, and reads more in each following query.
 */
export async function queryPage(
  client: DynamoDBDocumentClient,
  query: QueryCommandInput,
  first: number,
): Promise<Page<Item>> {
  const found: Item[] = [];
  let from = query.ExclusiveStartKey;
  let limit = first + 1;
  do {
    const page = await client
      .send(new QueryCommand({ ...query, Limit: limit, ExclusiveStartKey: from }))
      .catch((error: Error) => {
        // The cursor is the only part of the query that a client controls.
        throw query.ExclusiveStartKey && error.name === 'ValidationException' ? invalidCursor() : error;
      });
    found.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
    limit *= LIMIT_GROWTH;
  } while (from && found.length <= first);
  return { nodes: found.slice(0, first), hasMore: found.length > first };
}
