import type { EventBridgeEvent } from 'aws-lambda';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import { monotonicNow } from '#platform/monotonic-clock.ts';
import { coldStart, measure } from '#platform/telemetry/metrics.ts';
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
  const began = monotonicNow();
  const queued = await fanOut(detail, services);
  const { id, type, requestId, traceparent } = detail;
  measure('event handled', {
    counts: { Events: 1, QueuedDeliveries: queued, ColdStarts: coldStart() },
    milliseconds: { FanOutLatency: Math.round(monotonicNow() - began) },
    properties: { requestId, eventId: id, eventType: type, traceparent },
  });
}
