import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import type { SubgraphFolder } from '../build/discover.ts';
import { EventConsumer } from './event-consumer.ts';
import { EventPublisher } from './event-publisher.ts';
import { FunctionDashboard } from './function-dashboard.ts';
import { ServiceFunction } from './service-function.ts';
import { ServiceTable } from './service-table.ts';
import { type Settings, serviceName } from './settings.ts';

export interface SubgraphStackProps extends StackProps {
  settings: Settings;
  folder: SubgraphFolder;
  config: SubgraphConfig;
}

/**
 * One subgraph: its function and its table, a publisher if it has events, and a consumer if it handles those of others. It
 * is deployed alone and exports nothing.
 */
export class SubgraphStack extends Stack {
  constructor(scope: Construct, { settings, folder, config, ...props }: SubgraphStackProps) {
    const { name, publishes, consumes } = folder;
    super(scope, serviceName(settings, name), { description: `Subgraph ${name} of ${settings.graph}`, ...props });
    const { memory, timeout } = config;
    const service = new ServiceFunction(this, 'Service', { settings, service: name, memory, timeout });
    const table = new ServiceTable(this, 'Data', {
      settings,
      service: name,
      config: config.table,
      hasStream: publishes,
    });
    table.attachTo(service, 'service');
    if (publishes) new EventPublisher(this, 'Publisher', { settings, service: name, table });
    if (consumes) new EventConsumer(this, 'Consumer', { settings, service: name, config, table });
    const functions = [name, ...(publishes ? [`${name}-publisher`] : []), ...(consumes ? [`${name}-consumer`] : [])];
    new FunctionDashboard(this, 'Dashboard', { settings, name, functions, services: [name] });
  }
}
