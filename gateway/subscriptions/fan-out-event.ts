import type { DomainEvent } from '#platform/events/domain-event.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { type FedFields, topicsOf } from './topics.ts';

export interface FanOutServices {
  fields: FedFields;
  subscriptions: Pick<SubscriptionStore, 'hasAny'>;
  queue: Pick<DeliveryQueue, 'add'>;
}

/** Adds a delivery for each topic of an event that has subscribers. Repeated: the queue drops the same delivery. */
export async function fanOut(event: DomainEvent, { fields, subscriptions, queue }: FanOutServices): Promise<void> {
  const topics = topicsOf(event, fields);
  await Promise.all(
    topics.map(async (topic) => {
      if (await subscriptions.hasAny(topic)) await queue.add({ event, ...topic });
    }),
  );
}
