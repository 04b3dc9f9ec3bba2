import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Archive, EventBus, Match } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { eventArchiveName, eventBusName, type Settings, serviceName } from '../settings.ts';

/** Event bus of the services, and its archive. Publishers and consumers refer to it by name; the stack has no exports. */
export class EventBusStack extends Stack {
  constructor(scope: Construct, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, serviceName(settings, 'events'), { description: `Event bus of ${settings.graph}`, ...props });
    const bus = new EventBus(this, 'Bus', { eventBusName: eventBusName(settings) });
    // Unlimited retention: rebuilding a service needs all events.
    const archive = new Archive(this, 'Archive', {
      archiveName: eventArchiveName(settings),
      sourceEventBus: bus,
      eventPattern: { source: Match.prefix('') },
    });
    bus.applyRemovalPolicy(RemovalPolicy.RETAIN);
    archive.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
