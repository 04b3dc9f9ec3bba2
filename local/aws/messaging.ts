import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { logGroupArn, queueArn } from '../assembly/arns.ts';
import type { SystemModel } from '../assembly/model.ts';
import { type LogSubscription, LogSubscriptions, logGroupOf } from '../logs/log-subscriptions.ts';
import type { Access } from './aws-service.ts';
import { DeadLetters, statementsOf } from './dead-letters.ts';
import { TableStreams } from './dynamodb/table-streams.ts';
import { TimeToLive } from './dynamodb/time-to-live.ts';
import type { BusEvent } from './events/bus-event.ts';
import { type Delivery, EventBuses, type RuleDefinition, type RuleTarget } from './events/event-bus.ts';
import { Replays } from './events/replays.ts';
import { ruleDeadLetter } from './events/rule-dead-letter.ts';
import { isServiceAllowed } from './iam/resource-policy.ts';
import { AsyncInvocations, type FailedEvent } from './lambda/async-invocations.ts';
import { Checkpoints } from './lambda/checkpoints.ts';
import { asyncDeadLetter, asyncFailureRecord, streamFailureRecord } from './lambda/failure-record.ts';
import type { InvokeResult } from './lambda/function-definition.ts';
import { functionRef } from './lambda/function-ref.ts';
import { InvocationRefused, type LambdaService } from './lambda/lambda-service.ts';
import { QueueMapping, type QueueMappingDefinition } from './lambda/queue-mapping.ts';
import { type DroppedBatch, type MappingDefinition, StreamMapping } from './lambda/stream-mapping.ts';
import { openDatabase } from './sqlite.ts';
import { QueueStore } from './sqs/queue-store.ts';

export interface MessagingOptions {
  /** Directory of the data kept between runs. */
  directory: string;
  /** Endpoint of DynamoDB. */
  dynamoDb: string;
  lambda: LambdaService;
  /** Returns the current model; called for each event. */
  model: () => SystemModel;
  /** Returns whether a function's role allows an access. */
  allows: (functionName: string, access: Access) => boolean;
  onLog: (functionName: string, line: string) => void;
}

/** Defaults of EventBridge and Lambda. */
const DEFAULT_ASYNC = { maxRetries: 2, maxAge: 21_600_000 };

/**
 * Carries events between functions: event source mappings, event buses, asynchronous invocations and dead-letter queues. Events in
 * flight are on disk, and the next run resumes them.
 */
export class Messaging {
  readonly queues: QueueStore;
  readonly buses: EventBuses;
  readonly replays: Replays;
  readonly asyncInvocations: AsyncInvocations;
  readonly logSubscriptions: LogSubscriptions;
  readonly #options: MessagingOptions;
  readonly #database: DatabaseSync;
  readonly #streams: TableStreams;
  readonly #checkpoints: Checkpoints;
  readonly #deadLetters: DeadLetters;
  readonly #timeToLive: TimeToLive;
  #mappings: StreamMapping[] = [];
  #queueMappings: QueueMapping[] = [];

  constructor(options: MessagingOptions) {
    this.#options = options;
    this.#database = openDatabase(join(options.directory, 'messaging.db'));
    this.#streams = new TableStreams(options.dynamoDb);
    this.#checkpoints = new Checkpoints(this.#database);
    this.queues = new QueueStore(this.#database);
    this.#deadLetters = new DeadLetters({ ...options, queues: this.queues });
    this.asyncInvocations = new AsyncInvocations({
      database: this.#database,
      invoke: ({ id, functionName, payload, qualifier, traceHeader }) =>
        options.lambda.invoke(functionName, payload, { qualifier, requestId: id, traceHeader }),
      configOf: (name, qualifier) => this.#asyncConfig(name, qualifier) ?? DEFAULT_ASYNC,
      onFailed: (failed) => this.#asyncFailed(failed),
    });
    this.buses = new EventBuses({
      database: this.#database,
      buses: () => options.model().buses,
      rules: () => options.model().rules,
      archives: () => options.model().archives,
      deliver: (event, to) => this.#deliver(event, to),
    });
    this.logSubscriptions = new LogSubscriptions({
      subscriptions: () => options.model().logSubscriptions,
      deliver: (subscription, payload) => this.#deliverLines(subscription, payload),
    });
    this.replays = new Replays(this.#database, this.buses);
    this.#timeToLive = new TimeToLive({
      endpoint: options.dynamoDb,
      tables: () => options.model().tables,
      onExpired: (tableName) => this.notifyWrite([tableName]),
    });
  }

  /** Resumes where the last run ended. */
  start(): void {
    this.buses.expireArchives();
    this.asyncInvocations.start();
    this.replays.resume();
    this.#startMappings();
    this.#timeToLive.start();
  }

  /** Restarts the event source mappings from the current model. */
  async reload(): Promise<void> {
    await this.#stopMappings();
    this.#startMappings();
  }

  /** Invokes a function asynchronously, by its ARN. */
  invokeLater(functionArn: string, payload: Buffer): Promise<void> {
    const { name: functionName, qualifier = '$LATEST' } = functionRef(functionArn);
    return this.asyncInvocations.accept({ id: randomUUID(), functionName, qualifier, payload });
  }

  /** Wakes the stream mappings of tables that were written to. */
  notifyWrite(tables: string[]): void {
    for (const mapping of this.#mappings) if (tables.includes(mapping.definition.tableName)) mapping.wake();
  }

  /** Starts no more deliveries; call it before the functions are stopped. */
  stop(): void {
    this.replays.stop();
    this.logSubscriptions.flush();
    this.queues.close();
    void this.#whenStopped();
  }

  /** Waits for deliveries in progress and closes the database; call it after the functions have stopped. */
  async close(): Promise<void> {
    await this.#whenStopped();
    this.#database.close();
  }

  #whenStopped(): Promise<unknown> {
    return Promise.all([this.#timeToLive.stop(), this.asyncInvocations.stop(), this.#stopMappings()]);
  }

  #stopMappings(): Promise<unknown> {
    return Promise.all([...this.#mappings, ...this.#queueMappings].map((mapping) => mapping.stop()));
  }

  #startMappings(): void {
    this.#mappings = this.#options.model().mappings.map((definition) => this.#mapping(definition));
    this.#queueMappings = this.#options.model().queueMappings.map((definition) => this.#queueMapping(definition));
    for (const mapping of [...this.#mappings, ...this.#queueMappings]) mapping.start();
  }

  #mapping(definition: MappingDefinition): StreamMapping {
    const { functionName, qualifier, streamArn } = definition;
    return new StreamMapping({
      definition,
      streams: this.#streams,
      checkpoints: this.#checkpoints,
      mayRead: () => READ_STREAM.every((action) => this.#options.allows(functionName, { action, resource: streamArn })),
      invoke: (payload) => this.#invokeUnlessThrottled(functionName, payload, qualifier),
      onDropped: (dropped) => this.#streamRecordsDropped(definition, dropped),
      onError: (message) => this.#options.onLog(functionName, `The stream mapping failed and will retry: ${message}`),
    });
  }

  #queueMapping(definition: QueueMappingDefinition): QueueMapping {
    const { functionName, qualifier, queueName } = definition;
    const resource = queueArn(queueName);
    return new QueueMapping({
      definition,
      queues: this.queues,
      queue: () => this.#options.model().queues.find(({ name }) => name === queueName),
      mayReceive: () => RECEIVE.every((action) => this.#options.allows(functionName, { action, resource })),
      invoke: (payload) => this.#invokeUnlessThrottled(functionName, payload, qualifier),
      onError: (message) => this.#options.onLog(functionName, `The queue mapping failed and will retry: ${message}`),
    });
  }

  async #invokeUnlessThrottled(name: string, payload: Buffer, qualifier: string): Promise<InvokeResult | undefined> {
    try {
      return await this.#options.lambda.invoke(name, payload, { qualifier });
    } catch (error) {
      if (error instanceof InvocationRefused && error.status === 429) return undefined;
      throw error;
    }
  }

  /** Invokes the target of a rule, if the target's policy allows it. */
  #deliver(event: BusEvent, { target, rule, traceHeader }: Delivery): Promise<void> {
    const failure = this.#deliveryFailure(target, rule);
    if (failure) {
      const sender = { functionName: target.functionName, rule: rule.arn };
      this.#deadLetters.send(target.deadLetterQueue, sender, ruleDeadLetter(event, target, rule, failure));
      return Promise.resolve();
    }
    const { functionName, qualifier } = target;
    const payload = Buffer.from(JSON.stringify(event));
    return this.asyncInvocations.accept({ id: randomUUID(), functionName, qualifier, payload, traceHeader });
  }

  /** Invokes a function with log lines, if its policy allows CloudWatch to. */
  #deliverLines({ source, functionName, qualifier, arn }: LogSubscription, payload: Buffer): void {
    const sourceArn = logGroupArn(logGroupOf(source));
    const access = { service: 'logs.amazonaws.com', action: 'lambda:InvokeFunction', sourceArn };
    if (isServiceAllowed(statementsOf(this.#options.model(), arn), access))
      void this.asyncInvocations.accept({ id: randomUUID(), functionName, qualifier, payload });
    else
      this.#options.onLog(source, `Log lines are lost: the policy of ${arn} does not allow CloudWatch to invoke it.`);
  }

  /** Returns why a rule cannot invoke its target, with EventBridge's error code; undefined if it can. */
  #deliveryFailure({ arn, functionName, qualifier }: RuleTarget, rule: RuleDefinition) {
    const access = { service: 'events.amazonaws.com', action: 'lambda:InvokeFunction', sourceArn: rule.arn };
    if (!isServiceAllowed(statementsOf(this.#options.model(), arn), access))
      return {
        code: 'NO_PERMISSIONS',
        message: `The policy of ${arn} does not allow the rule ${rule.name} to invoke it.`,
      };
    try {
      this.#options.lambda.definitionOf(functionName, qualifier);
      return undefined;
    } catch (error) {
      return { code: 'NO_RESOURCE', message: error instanceof Error ? error.message : String(error) };
    }
  }

  #asyncConfig(name: string, qualifier: string) {
    return this.#options
      .model()
      .asyncConfigs.find((config) => config.functionName === name && config.qualifier === qualifier);
  }

  #asyncFailed(failed: FailedEvent): void {
    const { functionName, qualifier } = failed.event;
    const definition = this.#options.model().functions.find(({ name }) => name === functionName);
    const destination = this.#asyncConfig(functionName, qualifier)?.failureQueue;
    const record = { body: JSON.stringify(asyncFailureRecord(failed)) };
    if (destination || !definition?.deadLetterQueue) this.#deadLetters.send(destination, { functionName }, record);
    if (definition?.deadLetterQueue)
      this.#deadLetters.send(definition.deadLetterQueue, { functionName }, asyncDeadLetter(failed));
  }

  #streamRecordsDropped(
    { functionName, qualifier, streamArn, failureQueue }: MappingDefinition,
    dropped: DroppedBatch,
  ) {
    const body = JSON.stringify(streamFailureRecord(dropped, { functionName, qualifier, streamArn }));
    this.#deadLetters.send(failureQueue, { functionName }, { body });
  }
}

/** Actions that a function's role needs to receive messages, https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const RECEIVE = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** Actions that a function's role needs to read a stream. */
const READ_STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];
