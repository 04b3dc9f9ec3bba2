import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/events/event-consumer.ts';
import { applyEvents } from './apply-events.ts';
import { ProjectionStore } from './projection-store.ts';

export const handler = eventConsumer(...applyEvents(new ProjectionStore(documentClient(), requiredEnv('TABLE_NAME'))));
