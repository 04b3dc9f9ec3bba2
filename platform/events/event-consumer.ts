import type { EventBridgeEvent } from 'aws-lambda';
import { type Log, requestLog } from '../telemetry/log.ts';
import { span } from '../telemetry/span.ts';
import { runInTrace } from '../telemetry/trace.ts';
import { type DomainEvent, type EventOf, InvalidEvent, type PublishedLanguage } from './domain-event.ts';

/** Handlers of one publisher's events. They must be idempotent and independent of the order. */
export interface Subscription {
  source: string;
  types: string[];
  handle: (delivered: unknown, log: Log) => Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: the schemas of any language
type AnyLanguage = PublishedLanguage<any>;

/** Handlers by event type. */
export type Handlers<Language> = {
  [Type in EventOf<Language>['type']]?: (event: Extract<EventOf<Language>, { type: Type }>, log: Log) => Promise<void>;
};

/** Subscribes to events of a published language; the types must match `consumes` in `subgraph.config.ts`. */
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
      if (!handler) throw new InvalidEvent(`This consumer does not handle events of type "${event.type}"`);
      await handler(event, log);
    },
  };
}

/**
 * Returns a consumer's Lambda handler, which passes each event from EventBridge to its subscription. After an error, Lambda
 * retries the event and finally moves it to the dead-letter queue.
 */
export function eventConsumer(...subscriptions: Subscription[]) {
  const bySource = new Map(subscriptions.map((subscription) => [subscription.source, subscription]));
  return async ({ source, detail }: Pick<EventBridgeEvent<string, unknown>, 'source' | 'detail'>): Promise<void> => {
    const { requestId, traceparent, id, type } = detail as Partial<DomainEvent>;
    const log = requestLog(requestId ?? 'unknown');
    const subscription = bySource.get(source);
    if (!subscription) throw new InvalidEvent(`This consumer does not subscribe to events of "${source}"`);
    const handle = () => subscription.handle(detail, log);
    if (traceparent)
      await span(`event ${type}`, { kind: 'CONSUMER', traceparent }, (spanTraceparent) =>
        runInTrace(spanTraceparent, handle),
      );
    else await handle();
    log.info('event handled', { eventId: id, eventType: type, traceparent });
  };
}
