import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { functionNames } from '#platform/function-names.ts';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import type { SubgraphFolder } from '../../build/discover.ts';
import { toParts } from '../../schema-check/lambda/schema-parts.ts';
import { EventConsumer } from '../constructs/event-consumer.ts';
import { EventPublisher } from '../constructs/event-publisher.ts';
import { FunctionDashboard } from '../constructs/function-dashboard.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { ServiceTable } from '../constructs/service-table.ts';
import { type Settings, schemasPath, serviceName } from '../settings.ts';

export interface SubgraphStackProps extends StackProps {
  settings: Settings;
  folder: SubgraphFolder;
  config: SubgraphConfig;
}

/** A subgraph's function and table, with a publisher and a consumer if it has events. Deployable alone; has no exports. */
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
    this.#publishSchema(service, folder, settings);
    if (publishes) new EventPublisher(this, 'Publisher', { settings, service: name, table });
    if (consumes) new EventConsumer(this, 'Consumer', { settings, service: name, config, table });
    new FunctionDashboard(this, 'Dashboard', { settings, name, functions: functionNames(folder), services: [name] });
  }

  /** Publishes the deployed schema in SSM for the gateway's check, after traffic has shifted to the new version. */
  #publishSchema({ alias }: ServiceFunction, { name, path }: SubgraphFolder, settings: Settings): void {
    const parts = toParts(readFileSync(join(path, 'schema.graphql'), 'utf8'));
    for (const [i, stringValue] of parts.entries()) {
      const parameterName = `${schemasPath(settings)}/${name}/${i + 1}`;
      const parameter = new StringParameter(this, `Schema${i + 1}`, { parameterName, stringValue });
      parameter.node.addDependency(alias);
    }
  }
}
