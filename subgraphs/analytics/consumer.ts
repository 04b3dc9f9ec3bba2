import { documentClient } from '#platform/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/event-consumer.ts';
import { ProjectionStore } from './projection-store.ts';
import { subscriptions } from './subscriptions.ts';

export const handler = eventConsumer(
  ...subscriptions(new ProjectionStore(documentClient(), requiredEnv('TABLE_NAME'))),
);
