import type { Message } from '@aws-sdk/client-sqs';

/** An event that its function could not handle, or that could not be handed to it: it is tried again as it was. */
interface LostEvent {
  kind: 'event';
  functionArn: string;
  event: unknown;
}

/** Records that a stream mapping gave up: the letter has only their place in the stream. */
interface LostRecords {
  kind: 'records';
  functionArn: string;
  streamArn: string;
  shardId: string;
  first: string;
  last: string;
}

/** A letter that says too little to be tried again. */
interface Unknown {
  kind: 'unknown';
}

/** What a message of a dead-letter queue is about. */
export type DeadLetter = (LostEvent | LostRecords | Unknown) & {
  /** Why it is here, in words. */
  why: string;
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
 * Reads what Lambda and EventBridge send to dead-letter queues: the record of an asynchronous invocation or of a stream
 * batch, or an event whose message attributes name the target that it did not reach.
 */
export function deadLetter({ Body = '', MessageAttributes = {} }: Message): DeadLetter {
  const body = parsed(Body);
  const attribute = (name: string) => MessageAttributes[name]?.StringValue;
  const target = attribute('TARGET_ARN');
  if (target) {
    const why = `${attribute('ERROR_CODE')}: ${attribute('ERROR_MESSAGE')}`;
    return { kind: 'event', functionArn: target, event: body, why };
  }
  const { requestContext = {}, requestPayload, responsePayload, DDBStreamBatchInfo } = (body ?? {}) as FailureRecord;
  const { functionArn, condition, approximateInvokeCount } = requestContext;
  const why = `${condition} after ${approximateInvokeCount} runs${said(responsePayload)}`;
  if (functionArn && DDBStreamBatchInfo) {
    const { streamArn, shardId, startSequenceNumber: first, endSequenceNumber: last } = DDBStreamBatchInfo;
    return { kind: 'records', functionArn, streamArn, shardId, first, last, why };
  }
  if (functionArn && requestPayload !== undefined) return { kind: 'event', functionArn, event: requestPayload, why };
  return { kind: 'unknown', why: attribute('ErrorMessage') ?? 'It does not say where it came from.' };
}

function said(payload: FailureRecord['responsePayload']): string {
  return payload?.errorMessage ? `: ${payload.errorType ?? 'Error'}: ${payload.errorMessage}` : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
