import { systemClock } from '#platform/clock.ts';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/events/event-consumer.ts';
import { countEvents } from './count-events.ts';
import { CountStore } from './count-store.ts';

const counts = new CountStore(documentClient(), requiredEnv('TABLE_NAME'));

export const handler = eventConsumer(...countEvents({ counts, now: systemClock() }));
