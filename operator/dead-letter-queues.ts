import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Connection } from './connection.ts';

export interface QueueCount {
  name: string;
  messages: number;
}

type Attributes = Partial<Record<string, string>>;

/** Ending of a FIFO queue's name. */
const FIFO = /\.fifo$/;
const MESSAGES_PER_CALL = 10;
/** Visibility timeout in seconds while a message is shown or retried. */
const VISIBILITY_TIMEOUT = 60;

/** Dead-letter queues of a running system. */
export class DeadLetterQueues {
  readonly #client: SQSClient;

  constructor({ aws }: Pick<Connection, 'aws'>) {
    this.#client = new SQSClient(aws);
  }

  async all(): Promise<QueueCount[]> {
    const queues = await this.#deadLetterQueues();
    return queues.map(({ url, attributes }) => ({ name: nameOf(url), messages: countIn(attributes) }));
  }

  /** Returns the URL of a queue by name or unique name ending; throws with the names of all queues if there is none. */
  async find(name: string): Promise<string> {
    const urls = (await this.#deadLetterQueues()).map(({ url }) => url);
    const exact = urls.find((url) => nameOf(url) === name);
    const [similar, ...others] = urls.filter((url) =>
      nameOf(url)
        .replace(FIFO, '')
        .endsWith(`-${name.replace(FIFO, '')}`),
    );
    if (exact) return exact;
    if (similar && others.length === 0) return similar;
    const names = urls.map((url) => `  ${nameOf(url)}`).join('\n');
    throw new Error(`There is no queue "${name}"${names ? `. The queues are:\n${names}` : ', nor any other.'}`);
  }

  /** Calls `handle` once for each message; deletes the message if it returns true. */
  async each(url: string, handle: (message: Message) => Promise<boolean>): Promise<void> {
    const kept: Message[] = [];
    try {
      for (let messages = await this.#receive(url); messages.length > 0; messages = await this.#receive(url)) {
        for (const message of messages) {
          if (await handle(message)) await this.#delete(url, message);
          else kept.push(message);
        }
      }
    } finally {
      await Promise.all(kept.map((message) => this.#release(url, message)));
    }
  }

  /** Returns all queues except those that have a dead-letter queue themselves: their messages are not failed. */
  async #deadLetterQueues(): Promise<{ url: string; attributes: Attributes }[]> {
    const { QueueUrls = [] } = await this.#client.send(new ListQueuesCommand({}));
    const queues = await Promise.all(QueueUrls.map(async (url) => ({ url, attributes: await this.#attributes(url) })));
    return queues.filter(({ attributes }) => attributes.RedrivePolicy === undefined);
  }

  async #attributes(QueueUrl: string): Promise<Attributes> {
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    return (await this.#client.send(command)).Attributes ?? {};
  }

  async #receive(QueueUrl: string): Promise<Message[]> {
    const { Messages = [] } = await this.#client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: MESSAGES_PER_CALL,
        VisibilityTimeout: VISIBILITY_TIMEOUT,
        WaitTimeSeconds: 0,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    return Messages;
  }

  async #delete(QueueUrl: string, { ReceiptHandle }: Message): Promise<void> {
    await this.#client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }

  async #release(QueueUrl: string, { ReceiptHandle }: Message): Promise<void> {
    await this.#client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  }
}

function countIn({ ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible }: Attributes): number {
  return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
}

function nameOf(url: string): string {
  return url.split('/').pop() ?? url;
}
