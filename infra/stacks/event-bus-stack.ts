import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Archive, EventBus, Match } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { eventArchiveName, eventBusName, type Settings, serviceName } from '../settings.ts';

/**
 * The bus that carries events between services, and its archive. Publishers and consumers know it by its name: nothing is
 * exported.
 */
export class EventBusStack extends Stack {
  constructor(scope: Construct, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, serviceName(settings, 'events'), { description: `Event bus of ${settings.graph}`, ...props });
    const bus = new EventBus(this, 'Bus', { eventBusName: eventBusName(settings) });
    // Kept without end: a service is rebuilt from all events that there ever were.
    const archive = new Archive(this, 'Archive', {
      archiveName: eventArchiveName(settings),
      sourceEventBus: bus,
      eventPattern: { source: Match.prefix('') },
    });
    bus.applyRemovalPolicy(RemovalPolicy.RETAIN);
    archive.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
