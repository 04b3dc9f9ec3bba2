import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { OUTBOX } from '#platform/events/outbox.ts';
import { publisherOf } from '#platform/function-names.ts';
import { eventBusName, type Settings } from '../settings.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { ServiceFunction } from './service-function.ts';
import type { ServiceTable } from './service-table.ts';

const MEMORY = 512;
const TIMEOUT_SECONDS = 30;
/** Stream records per invocation, sent to the bus ten at a time. */
const BATCH_SIZE = 50;
const RETRIES = 10;

/** Publisher function, invoked by a table's stream: sends the events in the service's outbox to the bus. */
export class EventPublisher extends Construct {
  constructor(scope: Construct, id: string, props: { settings: Settings; service: string; table: ServiceTable }) {
    super(scope, id);
    const { settings, service, table } = props;
    const publisher = new ServiceFunction(this, 'Function', {
      settings,
      service: publisherOf(service),
      bundle: 'publisher',
      memory: MEMORY,
      timeout: TIMEOUT_SECONDS,
    });
    this.#grantPutEvents(publisher, eventBusName(settings));
    table.streamTo(publisher);
    const onlyNewEvents = { eventName: ['INSERT'], dynamodb: { NewImage: { [OUTBOX]: { S: FilterRule.exists() } } } };
    const mapping = new EventSourceMapping(this, 'Stream', {
      target: publisher.alias,
      eventSourceArn: table.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter(onlyNewEvents)],
      batchSize: BATCH_SIZE,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: RETRIES,
      maxRecordAge: Duration.hours(24),
      onFailure: new DeadLetterQueue(this, 'DeadLetters', { settings, of: publisher }),
    });
    // Lambda verifies the role's access to the stream when it creates the mapping.
    mapping.node.addDependency(publisher.function.role ?? publisher);
  }

  #grantPutEvents({ function: fn }: ServiceFunction, busName: string): void {
    fn.addEnvironment('EVENT_BUS_NAME', busName);
    const arnFormat = ArnFormat.SLASH_RESOURCE_NAME;
    const bus = Stack.of(this).formatArn({
      service: 'events',
      resource: 'event-bus',
      resourceName: busName,
      arnFormat,
    });
    fn.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus] }));
  }
}
