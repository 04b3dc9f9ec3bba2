import type { GraphQLParameters } from '../http/graphql-parameters.ts';
import type { StoredOperation } from './items.ts';
import type { SubscriptionStore } from './subscription-store.ts';

/** Returns the parameters of a stored operation; undefined if its text has expired. */
export async function parametersOf(
  { documentId, hash, textHash, operationName, variables }: StoredOperation,
  subscriptions: Pick<SubscriptionStore, 'text'>,
): Promise<GraphQLParameters | undefined> {
  const query = textHash === undefined ? undefined : await subscriptions.text(textHash);
  if (textHash !== undefined && query === undefined) return undefined;
  return { query, documentId, hash, operationName, variables };
}
