import { optionalEnv } from '#platform/env.ts';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import type { SubscriptionTopic } from '../engine/run/execution.ts';
import type { SendToAws } from './signed-post.ts';
import { hashOf } from './topics.ts';

/** Message of the queue: an event for the subscribers of one topic. */
export interface Delivery extends SubscriptionTopic {
  event: DomainEvent;
}

const TIMEOUT_MS = 5_000;

/** FIFO queue of deliveries, those of one topic in order. */
export class DeliveryQueue {
  readonly #url: string;
  readonly #endpoint: URL;
  readonly #send: SendToAws;

  constructor(queueUrl: string, send: SendToAws, endpoint = optionalEnv('AWS_ENDPOINT_URL') ?? queueUrl) {
    this.#url = queueUrl;
    this.#endpoint = new URL('/', endpoint);
    this.#send = send;
  }

  /** Adds a delivery; the queue drops a repeated one. */
  async add(delivery: Delivery): Promise<void> {
    const { event, field, topic } = delivery;
    await this.#call('SendMessage', {
      MessageBody: JSON.stringify({ event, field, topic }),
      MessageGroupId: hashOf(field, topic),
      MessageDeduplicationId: hashOf(event.id, field, topic),
    });
  }

  /** Makes a received message visible after some seconds, in place of the visibility timeout. */
  async release(ReceiptHandle: string, seconds: number): Promise<void> {
    await this.#call('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: seconds });
  }

  async #call(action: string, input: object): Promise<void> {
    const { status, body } = await this.#send({
      method: 'POST',
      url: this.#endpoint,
      service: 'sqs',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` },
      body: JSON.stringify({ QueueUrl: this.#url, ...input }),
      timeout: TIMEOUT_MS,
    });
    if (status !== 200) throw new Error(`${action} failed with ${status}: ${body.text().slice(0, 500)}`);
  }
}
