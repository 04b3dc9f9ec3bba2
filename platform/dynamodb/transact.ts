import { TransactionCanceledException, TransactionInProgressException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { newId } from '../new-id.ts';
import { backoff } from './backoff.ts';

/** One write of a transaction. */
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Limits.html */
export const ITEMS_PER_TRANSACTION = 100;

const ATTEMPTS = 8;

/** Reasons of a cancelled transaction that say nothing of its conditions: another was at the same items, or too many were. */
const PASSING = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Writes all items or none. A transaction that was in the way of another goes again, with jitter, under the same request
 * token: should an answer be lost, nothing is written twice. Throws TransactionCanceledException when a condition fails.
 */
export async function transact(client: DynamoDBDocumentClient, items: TransactItem[]): Promise<void> {
  const command = { TransactItems: items, ClientRequestToken: newId() };
  for (let attempt = 0; ; attempt++) {
    try {
      await client.send(new TransactWriteCommand(command));
      return;
    } catch (error) {
      if (!passes(error) || attempt + 1 === ATTEMPTS) throw error;
    }
    await backoff(attempt);
  }
}

/** Which writes of a cancelled transaction failed by their condition, in order; empty for any other error. */
export function failedConditions(error: unknown): boolean[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map(({ Code }) => Code === 'ConditionalCheckFailed');
}

function passes(error: unknown): boolean {
  if (error instanceof TransactionInProgressException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons ?? []).some(({ Code = '' }) => PASSING.has(Code));
}
