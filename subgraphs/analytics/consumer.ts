import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/events/event-consumer.ts';
import { keepFacts } from './keep-facts.ts';
import { ProjectionStore } from './projection-store.ts';

export const handler = eventConsumer(...keepFacts(new ProjectionStore(documentClient(), requiredEnv('TABLE_NAME'))));
