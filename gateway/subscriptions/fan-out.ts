import type { EventBridgeEvent } from 'aws-lambda';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import { requestLog } from '#platform/telemetry/log.ts';
import { DeliveryQueue } from './delivery-queue.ts';
import { fanOut } from './fan-out-event.ts';
import { awsSender } from './signed-post.ts';
import { SubscriptionStore } from './subscription-store.ts';
import { readFedFields } from './topics.ts';

const services = {
  fields: readFedFields(import.meta.dirname),
  subscriptions: new SubscriptionStore(documentClient(), requiredEnv('CONNECTION_TABLE')),
  queue: new DeliveryQueue(requiredEnv('DELIVERY_QUEUE_URL'), awsSender()),
};

/** Passes an event of the bus on to the topics that have subscribers. */
export async function handler({ detail }: Pick<EventBridgeEvent<string, DomainEvent>, 'detail'>): Promise<void> {
  await fanOut(detail, services);
  const { id, type, requestId, traceparent } = detail;
  requestLog(requestId).info('event handled', { eventId: id, eventType: type, traceparent });
}
