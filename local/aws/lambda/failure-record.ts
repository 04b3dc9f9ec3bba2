import { functionArn } from '../../assembly/arns.ts';
import type { QueueMessage } from '../sqs/queue-store.ts';
import type { FailedEvent } from './async-invocations.ts';
import type { InvokeResult } from './function-definition.ts';
import type { DroppedBatch, MappingDefinition } from './stream-mapping.ts';

/** Maximum characters of the error message in a dead letter's attributes. */
const MAX_ERROR_MESSAGE = 1_024;
const MILLISECONDS = 1_000;

/** Returns the record for an on-failure destination, https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export function asyncFailureRecord({ event, condition, result }: FailedEvent): object {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: event.id,
      functionArn: functionArn(event.functionName, event.qualifier),
      condition,
      approximateInvokeCount: event.failures,
    },
    requestPayload: JSON.parse(event.payload.toString('utf8')),
    ...(result && { responseContext: responseContext(result), responsePayload: parseOrText(result.body) }),
  };
}

/** Returns the message for a function's dead-letter queue: the event itself. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq */
export function asyncDeadLetter({ event, result }: FailedEvent): QueueMessage {
  const { errorMessage = '' } = parseOrText(result?.body ?? '{}') as { errorMessage?: string };
  const attributes = {
    RequestID: { DataType: 'String', StringValue: event.id },
    ErrorCode: { DataType: 'Number', StringValue: '200' },
    ErrorMessage: { DataType: 'String', StringValue: errorMessage.slice(0, MAX_ERROR_MESSAGE) },
  };
  return { body: event.payload.toString('utf8'), attributes };
}

/** Returns the record for a stream mapping's destination, with pointers to the stream records. https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
export function streamFailureRecord(
  { records, condition, invocations, result, shardId }: DroppedBatch,
  { functionName, qualifier, streamArn }: Pick<MappingDefinition, 'functionName' | 'qualifier' | 'streamArn'>,
): object {
  const [first, last] = [records[0]?.dynamodb, records.at(-1)?.dynamodb];
  const time = (seconds = 0) => new Date(seconds * MILLISECONDS).toISOString();
  return {
    requestContext: {
      requestId: result?.requestId,
      functionArn: functionArn(functionName, qualifier),
      condition,
      approximateInvokeCount: invocations,
    },
    ...(result && { responseContext: responseContext(result) }),
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: time(first?.ApproximateCreationDateTime),
      approximateArrivalOfLastRecord: time(last?.ApproximateCreationDateTime),
      batchSize: records.length,
      streamArn,
    },
  };
}

function responseContext({ executedVersion, functionError }: InvokeResult): object {
  return { statusCode: 200, executedVersion, functionError: functionError ?? null };
}

function parseOrText(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
