import { Duration } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { consumerOf } from '#platform/function-names.ts';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import { eventBusName, eventRuleName, type Settings } from '../settings.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { ServiceFunction } from './service-function.ts';
import type { ServiceTable } from './service-table.ts';

/** Retries of a failed event; the Lambda maximum. */
const RETRIES = 2;
/** Maximum age of an event before it becomes a dead letter. */
const MAX_AGE = Duration.hours(6);
/** Maximum delivery retries of EventBridge within MAX_AGE. */
const DELIVERY_RETRIES = 185;

export interface EventConsumerProps {
  settings: Settings;
  service: string;
  config: SubgraphConfig;
  table: ServiceTable;
}

/** A service's consumer function, with an event rule for each publisher in its configuration. */
export class EventConsumer extends Construct {
  constructor(scope: Construct, id: string, { settings, service, config, table }: EventConsumerProps) {
    super(scope, id);
    const { memory, timeout, consumes = {} } = config;
    const name = consumerOf(service);
    const consumer = new ServiceFunction(this, 'Function', { settings, service: name, memory, timeout });
    table.attachTo(consumer, 'consumer');
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', { settings, of: consumer });
    consumer.alias.configureAsyncInvoke({ retryAttempts: RETRIES, maxEventAge: MAX_AGE, onFailure: deadLetters });
    const eventBus = EventBus.fromEventBusName(this, 'Bus', eventBusName(settings));
    const target = new LambdaFunction(consumer.alias, {
      retryAttempts: DELIVERY_RETRIES,
      maxEventAge: MAX_AGE,
      deadLetterQueue: deadLetters.queue,
    });
    for (const [publisher, types] of Object.entries(consumes)) {
      new Rule(this, `From-${publisher}`, {
        ruleName: eventRuleName(settings, service, publisher),
        description: `Events of ${publisher} for ${service}`,
        eventBus,
        eventPattern: { source: [publisher], detailType: types },
        targets: [target],
      });
    }
  }
}
