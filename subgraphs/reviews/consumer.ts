import { documentClient } from '#platform/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/event-consumer.ts';
import { ReviewStore } from './review-store.ts';
import { staySubscription } from './subscriptions.ts';

export const handler = eventConsumer(staySubscription(new ReviewStore(documentClient(), requiredEnv('TABLE_NAME'))));
