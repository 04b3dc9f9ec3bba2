import { documentClient } from '#platform/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/event-consumer.ts';
import { copyBooks } from './copy-books.ts';
import { LoanStore } from './loan-store.ts';

export const handler = eventConsumer(copyBooks(new LoanStore(documentClient(), requiredEnv('TABLE_NAME'))));
