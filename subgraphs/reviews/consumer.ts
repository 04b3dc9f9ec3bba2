import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/events/event-consumer.ts';
import { copyStays } from './copy-stays.ts';
import { ReviewStore } from './review-store.ts';

export const handler = eventConsumer(copyStays(new ReviewStore(documentClient(), requiredEnv('TABLE_NAME'))));
