import { LOCAL_ACCOUNT, queueArn } from '../../assembly/arns.ts';
import type { ReceivedMessage } from './queue-store.ts';

/** Returns the attributes that SQS adds to a message, https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export function systemAttributes({ fifo, sourceQueue, ...message }: ReceivedMessage): Record<string, string> {
  return {
    SenderId: LOCAL_ACCOUNT.accountId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(sourceQueue && { DeadLetterQueueSourceArn: queueArn(sourceQueue) }),
    ...(fifo && {
      MessageGroupId: fifo.groupId,
      MessageDeduplicationId: fifo.deduplicationId,
      SequenceNumber: fifo.sequenceNumber,
    }),
  };
}
