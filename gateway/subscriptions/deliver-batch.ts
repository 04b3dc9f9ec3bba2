import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { monotonicNow } from '#platform/monotonic-clock.ts';
import type { Log } from '#platform/telemetry/log.ts';
import { coldStart, measure } from '#platform/telemetry/metrics.ts';
import { type DeliveryServices, deliver, Interrupted } from './deliver.ts';
import type { Delivery, DeliveryQueue } from './delivery-queue.ts';

export interface BatchServices extends DeliveryServices {
  queue: Pick<DeliveryQueue, 'release'>;
  log: Pick<Log, 'warn'>;
}

/** A message of the queue: the parts that are used. */
export type QueueMessage = Pick<SQSRecord, 'messageId' | 'receiptHandle' | 'body' | 'attributes'>;

/** Longest wait before a failed message is delivered again. */
const MAX_WAIT_SECONDS = 60;

/** Outcome of one message; `again` is the number of seconds after which it is delivered again. */
type MessageOutcome = 'delivered' | { again: number };

/**
 * Delivers the messages of a batch: those of one topic in order, topics side by side. Returns a failed message and those after
 * it in its topic, which the queue delivers again.
 */
export async function deliverBatch(
  messages: QueueMessage[],
  services: BatchServices,
  timeLeft: () => number,
): Promise<SQSBatchResponse> {
  const topics = Map.groupBy(messages, ({ attributes }) => attributes.MessageGroupId ?? '');
  const failed = await Promise.all([...topics.values()].map((topic) => deliverTopic(topic, services, timeLeft)));
  return { batchItemFailures: failed.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Delivers messages one after another; returns those that remain. */
async function deliverTopic(messages: QueueMessage[], services: BatchServices, timeLeft: () => number) {
  for (const [index, message] of messages.entries()) {
    const outcome = await deliverMessage(message, services, timeLeft);
    if (outcome === 'delivered') continue;
    const remaining = messages.slice(index);
    await release(remaining, outcome.again, services);
    return remaining;
  }
  return [];
}

/** Shortens the visibility timeout of messages: none of their topic is delivered before it has passed for all. */
async function release(messages: QueueMessage[], seconds: number, { queue, log }: BatchServices): Promise<void> {
  const released = messages.map(({ receiptHandle }) => queue.release(receiptHandle, seconds));
  const failure = (await Promise.allSettled(released)).find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected')
    log.warn('messages come again after the visibility timeout', { error: failure.reason });
}

async function deliverMessage(
  message: QueueMessage,
  services: BatchServices,
  timeLeft: () => number,
): Promise<MessageOutcome> {
  const began = monotonicNow();
  const delivery: Delivery = JSON.parse(message.body);
  const facts = { eventId: delivery.event.id, field: delivery.field, requestId: delivery.event.requestId };
  const attempt = { number: Number(message.attributes.ApproximateReceiveCount), timeLeft };
  try {
    const { runs, posted, gone } = await deliver(delivery, services, attempt);
    measure('delivered', {
      counts: { Deliveries: posted, DeliveryRuns: runs, GoneConnections: gone, ColdStarts: coldStart() },
      milliseconds: { DeliveryLatency: Math.round(monotonicNow() - began) },
      properties: facts,
    });
    return 'delivered';
  } catch (error) {
    services.log.warn('delivery is not complete', { ...facts, attempt: attempt.number, error: error as Error });
    return { again: error instanceof Interrupted ? 0 : Math.min(2 ** (attempt.number - 1), MAX_WAIT_SECONDS) };
  }
}
