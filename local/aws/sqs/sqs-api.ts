import { LOCAL_ACCOUNT, queueArn } from '../../assembly/arns.ts';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import { type Access, AwsError, type AwsService, inputOf, operationOf, runOperation } from '../aws-service.ts';
import { fifoIds } from './fifo.ts';
import { md5, md5OfAttributes } from './message-digest.ts';
import type { MessageAttributes, QueueDefinition, QueueStore, ReceivedMessage } from './queue-store.ts';
import { systemAttributes } from './system-attributes.ts';

type Input = Record<string, unknown>;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const ENTRIES_PER_BATCH = 10;
const MAX_DELAY_SECONDS = 900;
const MAX_WAIT_SECONDS = 20;
const MAX_VISIBILITY_SECONDS = 43_200;
const MILLISECONDS = 1_000;
/** Matches characters that SQS does not allow in a message, https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const DISALLOWED_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** SQS over its JSON protocol, https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/ */
export class SqsApi implements AwsService {
  readonly #store: QueueStore;
  readonly #queues: () => QueueDefinition[];

  constructor(store: QueueStore, queues: () => QueueDefinition[]) {
    this.#store = store;
    this.#queues = queues;
  }

  accesses(request: AwsRequest): Access[] {
    const { QueueUrl, QueueName } = inputOf(request);
    const name = QueueName ?? nameIn(QueueUrl) ?? '*';
    const resource = queueArn(String(name));
    return [{ action: `sqs:${operationOf(request).replace(/Batch$/, '')}`, resource }];
  }

  handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    return runOperation(this.#operations, request);
  }

  readonly #operations: Parameters<typeof runOperation>[0] = {
    ListQueues: ({ QueueNamePrefix = '' }, { headers }) => ({
      QueueUrls: this.#queues()
        .filter(({ name }) => name.startsWith(String(QueueNamePrefix)))
        .map(({ name }) => urlOf(name, headers)),
    }),
    GetQueueUrl: ({ QueueName }, { headers }) => ({ QueueUrl: urlOf(this.#find(QueueName).name, headers) }),
    GetQueueAttributes: (input) => ({
      Attributes: this.#attributes(this.#queue(input), strings(input.AttributeNames)),
    }),
    SendMessage: (input) => this.#send(this.#queue(input), input),
    SendMessageBatch: (input) => {
      const queue = this.#queue(input);
      return runBatch(input, (entry) => this.#send(queue, entry));
    },
    ReceiveMessage: (input) => this.#receive(this.#queue(input), input),
    DeleteMessage: (input) => this.#delete(this.#queue(input), input),
    DeleteMessageBatch: (input) => {
      const queue = this.#queue(input);
      return runBatch(input, (entry) => this.#delete(queue, entry));
    },
    ChangeMessageVisibility: (input) => this.#changeVisibility(this.#queue(input), input),
    PurgeQueue: (input) => {
      this.#store.purge(this.#queue(input));
      return {};
    },
  };

  #queue({ QueueUrl }: Input): QueueDefinition {
    return this.#find(nameIn(QueueUrl));
  }

  #find(name: unknown): QueueDefinition {
    const queue = this.#queues().find((each) => each.name === name);
    if (queue) return queue;
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  }

  #send(queue: QueueDefinition, input: Input): object {
    const body = text(input, 'MessageBody');
    const attributes = (input.MessageAttributes ?? {}) as MessageAttributes;
    if (body.length === 0)
      throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
    if (DISALLOWED_CHARACTER.test(body))
      throw new AwsError('InvalidMessageContents', 'The message contains characters outside the allowed set.');
    if (Buffer.byteLength(body) + Buffer.byteLength(JSON.stringify(attributes)) > queue.maxMessageSize) {
      const message = `One or more parameters are invalid. Reason: Message must be shorter than ${queue.maxMessageSize} bytes.`;
      throw new AwsError('InvalidParameterValue', message);
    }
    const delay = seconds(input, 'DelaySeconds', MAX_DELAY_SECONDS);
    const fifo = fifoIds(queue.fifo, input, body);
    const sent = this.#store.send(queue, {
      body,
      attributes,
      ...(delay !== undefined && { delay }),
      ...(fifo && { fifo }),
    });
    return {
      MessageId: sent.id,
      MD5OfMessageBody: md5(body),
      MD5OfMessageAttributes: md5OfAttributes(attributes),
      SequenceNumber: sent.sequenceNumber,
    };
  }

  async #receive(queue: QueueDefinition, input: Input): Promise<object> {
    const max = Number(input.MaxNumberOfMessages ?? 1);
    if (!(max >= 1 && max <= ENTRIES_PER_BATCH))
      throw new AwsError('InvalidParameterValue', `MaxNumberOfMessages must be between 1 and ${ENTRIES_PER_BATCH}.`);
    const wait = seconds(input, 'WaitTimeSeconds', MAX_WAIT_SECONDS);
    const hiddenFor = seconds(input, 'VisibilityTimeout', MAX_VISIBILITY_SECONDS);
    const messages = await this.#store.receive(queue, { max, wait, hiddenFor });
    return { Messages: messages.map((message) => toMessage(message, input)) };
  }

  #delete(queue: QueueDefinition, input: Input): object {
    this.#store.delete(queue, text(input, 'ReceiptHandle'));
    return {};
  }

  #changeVisibility(queue: QueueDefinition, input: Input): object {
    const hiddenFor = seconds(input, 'VisibilityTimeout', MAX_VISIBILITY_SECONDS) ?? 0;
    if (this.#store.changeVisibility(queue, text(input, 'ReceiptHandle'), hiddenFor)) return {};
    throw new AwsError('ReceiptHandleIsInvalid', 'The receipt handle does not belong to a received message.');
  }

  #attributes(queue: QueueDefinition, requested: string[]): Record<string, string> {
    const { visible, inFlight, delayed } = this.#store.counts(queue);
    const all = {
      ApproximateNumberOfMessages: visible,
      ApproximateNumberOfMessagesNotVisible: inFlight,
      ApproximateNumberOfMessagesDelayed: delayed,
      QueueArn: queueArn(queue.name),
      VisibilityTimeout: queue.visibilityTimeout / MILLISECONDS,
      MessageRetentionPeriod: queue.retention / MILLISECONDS,
      DelaySeconds: queue.delay / MILLISECONDS,
      ReceiveMessageWaitTimeSeconds: queue.waitTime / MILLISECONDS,
      MaximumMessageSize: queue.maxMessageSize,
      ...(queue.fifo && {
        FifoQueue: true,
        ContentBasedDeduplication: queue.fifo.hasContentDeduplication,
        DeduplicationScope: queue.fifo.deduplicatesByGroup ? 'messageGroup' : 'queue',
      }),
      ...(queue.redrive && {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: queueArn(queue.redrive.queueName),
          maxReceiveCount: queue.redrive.maxReceives,
        }),
      }),
    };
    const selected = Object.entries(all).filter(([name]) => requested.includes('All') || requested.includes(name));
    return Object.fromEntries(selected.map(([name, value]) => [name, String(value)]));
  }
}

/** Runs an action for each entry of a batch; a failed entry does not stop the others. */
function runBatch({ Entries }: Input, act: (entry: Input) => object): object {
  const entries = Array.isArray(Entries) ? (Entries as Input[]) : [];
  if (entries.length === 0)
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > ENTRIES_PER_BATCH)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${ENTRIES_PER_BATCH}.`,
    );
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, Code: error.type, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}

function toMessage(message: ReceivedMessage, input: Input): object {
  const systemNames = [...strings(input.MessageSystemAttributeNames), ...strings(input.AttributeNames)];
  const attributes = selectAttributes(message.attributes, strings(input.MessageAttributeNames));
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(systemNames.length > 0 && { Attributes: selectAttributes(systemAttributes(message), systemNames) }),
    ...(Object.keys(attributes).length > 0 && {
      MessageAttributes: attributes,
      MD5OfMessageAttributes: md5OfAttributes(attributes),
    }),
  };
}

/** Returns the attributes that match one of the patterns: a name, `All` or `prefix.*`. */
function selectAttributes<Value>(all: Record<string, Value>, patterns: string[]): Record<string, Value> {
  const isRequested = (name: string) =>
    patterns.some(
      (each) => each === 'All' || each === name || (each.endsWith('.*') && name.startsWith(each.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(all).filter(([name]) => isRequested(name)));
}

function nameIn(queueUrl: unknown): string | undefined {
  return typeof queueUrl === 'string' ? queueUrl.split('/').pop() : undefined;
}

function urlOf(name: string, { host }: AwsRequest['headers']): string {
  return `http://${host}/${LOCAL_ACCOUNT.accountId}/${name}`;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function text(input: Input, name: string): string {
  const value = input[name];
  if (typeof value === 'string') return value;
  throw new AwsError('MissingParameter', `The request must contain the parameter ${name}.`);
}

function seconds(input: Input, name: string, max: number): number | undefined {
  if (input[name] === undefined || input[name] === null) return undefined;
  const value = Number(input[name]);
  if (value >= 0 && value <= max) return value * MILLISECONDS;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ${input[name]} for parameter ${name} is invalid. Reason: Must be >= 0 and <= ${max}.`,
  );
}
