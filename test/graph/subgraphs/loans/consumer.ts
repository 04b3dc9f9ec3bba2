import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/events/event-consumer.ts';
import { copyBooks } from './copy-books.ts';
import { LoanStore } from './loan-store.ts';

export const handler = eventConsumer(copyBooks(new LoanStore(documentClient(), requiredEnv('TABLE_NAME'))));
