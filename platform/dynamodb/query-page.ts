import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { notACursor, type Page } from '../graphql/connection.ts';
import type { Item } from './batch-read.ts';

const MORE_EACH_TIME = 4;

/**
 * Queries until the page is full or nothing is left: a filter must not make a page short. It reads as many items as are
 * asked for, and the more of them the more the filter has left out.
 */
export async function fullPage(
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
        // The only part of the query that comes from a client as it is.
        throw query.ExclusiveStartKey && error.name === 'ValidationException' ? notACursor() : error;
      });
    found.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
    limit *= MORE_EACH_TIME;
  } while (from && found.length <= first);
  return { nodes: found.slice(0, first), hasMore: found.length > first };
}
