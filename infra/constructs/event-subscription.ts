import { Duration } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { eventBusName, eventRuleName, type Settings } from '../settings.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { ServiceFunction } from './service-function.ts';

/** Retries of a failed event; the Lambda maximum. */
const RETRIES = 2;
/** Maximum age of an event before it becomes a dead letter. */
const MAX_AGE = Duration.hours(6);
/** Maximum delivery retries of EventBridge within MAX_AGE. */
const DELIVERY_RETRIES = 185;

export interface EventSubscription {
  settings: Settings;
  /** Name of the consumer in the rules' names. */
  name: string;
  consumer: ServiceFunction;
  /** Event types by publisher. */
  events: Readonly<Record<string, readonly string[]>>;
}

/** Adds a rule for each publisher that invokes a function with events, and a dead-letter queue for those that fail. */
export function subscribeToEvents(scope: Construct, { settings, name, consumer, events }: EventSubscription): void {
  const deadLetters = new DeadLetterQueue(scope, 'DeadLetters', { settings, of: consumer });
  consumer.alias.configureAsyncInvoke({ retryAttempts: RETRIES, maxEventAge: MAX_AGE, onFailure: deadLetters });
  const eventBus = EventBus.fromEventBusName(scope, 'Bus', eventBusName(settings));
  const target = new LambdaFunction(consumer.alias, {
    retryAttempts: DELIVERY_RETRIES,
    maxEventAge: MAX_AGE,
    deadLetterQueue: deadLetters.queue,
  });
  for (const [publisher, types] of Object.entries(events)) {
    new Rule(scope, `From-${publisher}`, {
      ruleName: eventRuleName(settings, name, publisher),
      description: `Events of ${publisher} for ${name}`,
      eventBus,
      eventPattern: { source: [publisher], detailType: [...types] },
      targets: [target],
    });
  }
}
