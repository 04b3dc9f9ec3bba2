import type { Message } from '@aws-sdk/client-sqs';

/** An event whose handling or delivery failed; a retry invokes the function with it. */
interface FailedEvent {
  kind: 'event';
  functionArn: string;
  event: unknown;
}

/** Stream records whose handling failed; the message has only their positions in the stream. */
interface FailedRecords {
  kind: 'records';
  functionArn: string;
  streamArn: string;
  shardId: string;
  first: string;
  last: string;
}

/** A message that was received too often; a retry sends it to its queue again. */
interface FailedMessage {
  kind: 'message';
  id: string;
  /** Name of the queue. */
  queue: string;
  body: string;
  /** Group in a FIFO queue. */
  groupId: string | undefined;
}

/** A message without a function or payload; it cannot be retried. */
interface Unknown {
  kind: 'unknown';
}

/** Parsed message of a dead-letter queue. */
export type DeadLetter = (FailedEvent | FailedRecords | FailedMessage | Unknown) & {
  /** Human-readable cause. */
  reason: string;
};

interface FailureRecord {
  requestContext?: { functionArn?: string; condition?: string; approximateInvokeCount?: number };
  requestPayload?: unknown;
  responsePayload?: { errorType?: string; errorMessage?: string };
  DDBStreamBatchInfo?: {
    streamArn: string;
    shardId: string;
    startSequenceNumber: string;
    endSequenceNumber: string;
    batchSize: number;
  };
}

/**
 * Parses a message that Lambda (invocation record or stream batch), EventBridge (event with the target in message attributes) or
 * another queue sent to a dead-letter queue.
 */
export function deadLetter(message: Message): DeadLetter {
  const { Body = '', MessageAttributes = {}, Attributes = {} } = message;
  const queue = Attributes.DeadLetterQueueSourceArn?.split(':').pop();
  if (queue) return failedMessage(message, queue);
  const body = parseJson(Body);
  const attribute = (name: string) => MessageAttributes[name]?.StringValue;
  const target = attribute('TARGET_ARN');
  if (target) {
    const reason = `${attribute('ERROR_CODE')}: ${attribute('ERROR_MESSAGE')}`;
    return { kind: 'event', functionArn: target, event: body, reason };
  }
  const { requestContext = {}, requestPayload, responsePayload, DDBStreamBatchInfo } = (body ?? {}) as FailureRecord;
  const { functionArn, condition, approximateInvokeCount } = requestContext;
  const reason = `${condition} after ${approximateInvokeCount} runs${errorOf(responsePayload)}`;
  if (functionArn && DDBStreamBatchInfo) {
    const { streamArn, shardId, startSequenceNumber: first, endSequenceNumber: last } = DDBStreamBatchInfo;
    return { kind: 'records', functionArn, streamArn, shardId, first, last, reason };
  }
  if (functionArn && requestPayload !== undefined) return { kind: 'event', functionArn, event: requestPayload, reason };
  return { kind: 'unknown', reason: attribute('ErrorMessage') ?? 'The message names no function.' };
}

function failedMessage({ MessageId: id = '', Body: body = '', Attributes }: Message, queue: string): DeadLetter {
  const reason = `The consumer of ${queue} failed to handle it`;
  return { kind: 'message', id, queue, body, groupId: Attributes?.MessageGroupId, reason };
}

function errorOf(payload: FailureRecord['responsePayload']): string {
  return payload?.errorMessage ? `: ${payload.errorType ?? 'Error'}: ${payload.errorMessage}` : '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
