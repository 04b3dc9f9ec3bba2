import type { DomainEvent } from '#platform/events/domain-event.ts';
import { eventConsumer, type Subscription } from '#platform/events/event-consumer.ts';

/** A consumer without EventBridge: events come as it would give them. */
export function testConsumer(...subscriptions: Subscription[]) {
  const handler = eventConsumer(...subscriptions);
  return async (...events: DomainEvent[]): Promise<void> => {
    for (const detail of events) await handler({ source: detail.source, detail: JSON.parse(JSON.stringify(detail)) });
  };
}

/** What subscriptions take, in the form of `consumes` in `subgraph.config.ts`: the rules must deliver just that. */
export function consumedBy(...subscriptions: Subscription[]): Record<string, string[]> {
  return Object.fromEntries(subscriptions.map(({ source, types }) => [source, types]));
}
