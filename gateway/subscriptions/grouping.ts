import type { DomainEvent } from '#platform/events/domain-event.ts';
import type { Viewer } from '#platform/graphql/viewer.ts';
import type { Subscriber } from './items.ts';

/** Subscribers that get the same result of one run. */
export interface Group {
  key: string;
  /** Undefined if the result is the same for all viewers. */
  viewer: Viewer | undefined;
  /** Any of the subscribers, for the operation and the client's facts. */
  first: Subscriber;
  subscribers: Subscriber[];
}

/** Whether an event is news for a subscriber: not older than the subscription, and not than the entity's last version. */
export function isNews(event: DomainEvent, { startedAt, delivered }: Subscriber): boolean {
  if (Date.parse(event.time) < startedAt) return false;
  const last = delivered.find(({ entityId }) => entityId === event.entityId);
  return last === undefined || last.version < event.version;
}

/** Groups subscribers by operation, variables, forwarded headers and rights. */
export function groupsOf(subscribers: readonly Subscriber[]): Group[] {
  const groups = new Map<string, Group>();
  for (const subscriber of subscribers) {
    const { operation, client, isShared } = subscriber;
    const viewer = isShared ? undefined : subscriber.viewer;
    const key = canonicalJson([operation, client, viewer ?? null]);
    const group = groups.get(key);
    if (group) group.subscribers.push(subscriber);
    else groups.set(key, { key, viewer, first: subscriber, subscribers: [subscriber] });
  }
  return [...groups.values()];
}

/** Serializes a value with sorted members: DynamoDB returns those of a map in any order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
