import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { publisherOf } from '#platform/function-names.ts';
import { OUTBOX } from '#platform/outbox.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { ServiceFunction } from './service-function.ts';
import type { ServiceTable } from './service-table.ts';
import { eventBusName, type Settings } from './settings.ts';

const MEMORY = 512;
const TIMEOUT_SECONDS = 30;
/** Records a call: the bus takes ten at once, and a call does a few of those. */
const BATCH_SIZE = 50;
const RETRIES = 10;

/** Takes the events in the outbox of a service's table to the bus: the publisher's function, fed by the table's stream. */
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
    this.#mayPutEvents(publisher, eventBusName(settings));
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
    // Lambda checks as it makes the mapping that the role may read the stream.
    mapping.node.addDependency(publisher.function.role ?? publisher);
  }

  #mayPutEvents({ function: fn }: ServiceFunction, busName: string): void {
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
