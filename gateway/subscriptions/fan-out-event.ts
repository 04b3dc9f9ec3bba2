import type { DomainEvent } from '#platform/events/domain-event.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { type FedFields, topicsOf } from './topics.ts';

export interface FanOutServices {
  fields: FedFields;
  subscriptions: Pick<SubscriptionStore, 'hasAny'>;
  queue: Pick<DeliveryQueue, 'add'>;
}

/**
 * Adds a delivery for each topic of an event that has subscribers, and returns their number. Repeated: the queue drops the
 * same delivery.
 */
export async function fanOut(event: DomainEvent, { fields, subscriptions, queue }: FanOutServices): Promise<number> {
  const added = await Promise.all(
    topicsOf(event, fields).map(async (topic) => {
      const isFollowed = await subscriptions.hasAny(topic);
      if (isFollowed) await queue.add({ event, ...topic });
      return isFollowed;
    }),
  );
  return added.filter(Boolean).length;
}
