import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import { ServiceFunction } from './service-function.ts';
import { ServiceTable } from './service-table.ts';
import { type Settings, serviceName } from './settings.ts';

export interface SubgraphStackProps extends StackProps {
  settings: Settings;
  name: string;
  config: SubgraphConfig;
}

/** One subgraph: its function and its table. It is deployed alone and exports nothing. */
export class SubgraphStack extends Stack {
  constructor(scope: Construct, { settings, name, config, ...props }: SubgraphStackProps) {
    super(scope, serviceName(settings, name), { description: `Subgraph ${name} of ${settings.graph}`, ...props });
    const { memory, timeout } = config;
    const service = new ServiceFunction(this, 'Service', { settings, service: name, memory, timeout });
    new ServiceTable(this, 'Data', { settings, service: name, config: config.table }).attachTo(service);
  }
}
