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

/** A queue and how many messages are in it. */
export interface QueueCount {
  name: string;
  messages: number;
}

const MESSAGES_PER_CALL = 10;
/** Seconds that a message is hidden from others while it is looked at or tried again. */
const HIDDEN = 60;

/** The queues of a running system. */
export class DeadLetterQueues {
  readonly #client: SQSClient;

  constructor({ aws }: Pick<Connection, 'aws'>) {
    this.#client = new SQSClient(aws);
  }

  async all(): Promise<QueueCount[]> {
    const { QueueUrls = [] } = await this.#client.send(new ListQueuesCommand({}));
    return Promise.all(QueueUrls.map(async (url) => ({ name: nameOf(url), messages: await this.#count(url) })));
  }

  /** Finds a queue by its name, or by the end of it if no other ends so. */
  async find(name: string): Promise<string> {
    const { QueueUrls = [] } = await this.#client.send(new ListQueuesCommand({}));
    const exact = QueueUrls.find((url) => nameOf(url) === name);
    const [similar, ...others] = QueueUrls.filter((url) => nameOf(url).endsWith(`-${name}`));
    if (exact) return exact;
    if (similar && others.length === 0) return similar;
    const names = QueueUrls.map((url) => `  ${nameOf(url)}`).join('\n');
    throw new Error(`There is no queue "${name}"${names ? `. These are there:\n${names}` : ', nor any other.'}`);
  }

  /** Takes each message once and gives it to `see`; those for which it returns true are deleted, the others stay. */
  async each(url: string, see: (message: Message) => Promise<boolean>): Promise<void> {
    const kept: Message[] = [];
    try {
      for (let messages = await this.#take(url); messages.length > 0; messages = await this.#take(url)) {
        for (const message of messages) {
          if (await see(message)) await this.#delete(url, message);
          else kept.push(message);
        }
      }
    } finally {
      await Promise.all(kept.map((message) => this.#show(url, message)));
    }
  }

  async #count(QueueUrl: string): Promise<number> {
    const { Attributes = {} } = await this.#client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes;
    return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
  }

  async #take(QueueUrl: string): Promise<Message[]> {
    const { Messages = [] } = await this.#client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: MESSAGES_PER_CALL,
        VisibilityTimeout: HIDDEN,
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

  async #show(QueueUrl: string, { ReceiptHandle }: Message): Promise<void> {
    await this.#client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  }
}

function nameOf(url: string): string {
  return url.split('/').pop() ?? url;
}
