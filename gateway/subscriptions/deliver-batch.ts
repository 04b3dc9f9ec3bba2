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
    if (!(await isDelivered(message, services, timeLeft))) return messages.slice(index);
  }
  return [];
}

async function isDelivered(message: QueueMessage, services: BatchServices, timeLeft: () => number): Promise<boolean> {
  const { queue, log } = services;
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
    return true;
  } catch (error) {
    log.warn('delivery is not complete', { ...facts, attempt: attempt.number, error: error as Error });
    if (error instanceof Interrupted) await queue.release(message.receiptHandle).catch(() => undefined);
    return false;
  }
}
