import type { DomainEvent } from '#platform/events/domain-event.ts';
import { eventConsumer, type Subscription } from '#platform/events/event-consumer.ts';

/** Returns an event consumer for tests: calls the handlers with events as EventBridge delivers them. */
export function testConsumer(...subscriptions: Subscription[]) {
  const handler = eventConsumer(...subscriptions);
  return async (...events: DomainEvent[]): Promise<void> => {
    for (const detail of events) await handler({ source: detail.source, detail: JSON.parse(JSON.stringify(detail)) });
  };
}

/** Returns the event types of subscriptions by source, as `consumes` in `subgraph.config.ts` must list them. */
export function consumedBy(...subscriptions: Subscription[]): Record<string, string[]> {
  return Object.fromEntries(subscriptions.map(({ source, types }) => [source, types]));
}
