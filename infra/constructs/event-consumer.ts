import { Construct } from 'constructs';
import { consumerOf } from '#platform/function-names.ts';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import type { Settings } from '../settings.ts';
import { subscribeToEvents } from './event-subscription.ts';
import { ServiceFunction } from './service-function.ts';
import type { ServiceTable } from './service-table.ts';

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
    subscribeToEvents(this, { settings, name: service, consumer, events: consumes });
  }
}
