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

/** Cancellation reasons that a retry can resolve. */
const TRANSIENT = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Writes all items or none. Retries conflicts with the same request token, so that nothing is written twice if a response
 * is lost. Throws TransactionCanceledException if a condition fails.
 */
export async function transact(client: DynamoDBDocumentClient, items: TransactItem[]): Promise<void> {
  const command = { TransactItems: items, ClientRequestToken: newId() };
  for (let attempt = 0; ; attempt++) {
    try {
      await client.send(new TransactWriteCommand(command));
      return;
    } catch (error) {
      if (!isTransient(error) || attempt + 1 === ATTEMPTS) throw error;
    }
    await backoff(attempt);
  }
}

/** Returns for each write of a cancelled transaction whether its condition failed; empty for any other error. */
export function failedConditions(error: unknown): boolean[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map(({ Code }) => Code === 'ConditionalCheckFailed');
}

function isTransient(error: unknown): boolean {
  if (error instanceof TransactionInProgressException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons ?? []).some(({ Code = '' }) => TRANSIENT.has(Code));
}
