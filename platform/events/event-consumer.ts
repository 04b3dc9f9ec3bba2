import type { EventBridgeEvent } from 'aws-lambda';
import { type Log, requestLog } from '../telemetry/log.ts';
import { span } from '../telemetry/span.ts';
import { inTrace } from '../telemetry/trace.ts';
import { type DomainEvent, EventInvalid, type EventOf, type PublishedLanguage } from './domain-event.ts';

/** What a consumer does with the events of one publisher; it must be safe to do twice, and in any order. */
export interface Subscription {
  source: string;
  types: string[];
  handle: (delivered: unknown, log: Log) => Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: the schemas of any language
type AnyLanguage = PublishedLanguage<any>;

/** A handler for each type of event that is wanted. */
export type Handlers<Language> = {
  [Type in EventOf<Language>['type']]?: (event: Extract<EventOf<Language>, { type: Type }>, log: Log) => Promise<void>;
};

/** Subscribes to events of a language, named as in the list `consumes` of `subgraph.config.ts`. */
export function subscribe<Language extends AnyLanguage>(
  language: Language,
  handlers: Handlers<Language>,
): Subscription {
  const table = handlers as Record<string, (event: unknown, log: Log) => Promise<void>>;
  return {
    source: language.source,
    types: Object.keys(handlers),
    handle: async (delivered, log) => {
      const event = language.parse(delivered);
      const handler = table[event.type];
      if (!handler) throw new EventInvalid(`Nothing handles the event "${event.type}" here`);
      await handler(event, log);
    },
  };
}

/**
 * A consumer's Lambda handler: gives each event that EventBridge delivers to its subscription. What it throws is tried
 * again by Lambda, and ends in the dead-letter queue.
 */
export function eventConsumer(...subscriptions: Subscription[]) {
  const bySource = new Map(subscriptions.map((subscription) => [subscription.source, subscription]));
  return async ({ source, detail }: Pick<EventBridgeEvent<string, unknown>, 'source' | 'detail'>): Promise<void> => {
    const { requestId, traceparent, id, type } = detail as Partial<DomainEvent>;
    const log = requestLog(requestId ?? 'unknown');
    const subscription = bySource.get(source);
    if (!subscription) throw new EventInvalid(`Nothing here subscribes to the events of "${source}"`);
    const handle = () => subscription.handle(detail, log);
    if (traceparent) await span(`event ${type}`, { kind: 'CONSUMER', traceparent }, (own) => inTrace(own, handle));
    else await handle();
    log.info('event handled', { eventId: id, eventType: type, traceparent });
  };
}
