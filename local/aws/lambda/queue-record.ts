import { LOCAL_ACCOUNT, queueArn } from '../../assembly/arns.ts';
import { md5 } from '../sqs/message-digest.ts';
import type { MessageAttribute, ReceivedMessage } from '../sqs/queue-store.ts';
import { systemAttributes } from '../sqs/system-attributes.ts';

/** Returns a message as a record of Lambda's event, https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function queueRecord(queueName: string, message: ReceivedMessage) {
  const { id, receipt, body, attributes } = message;
  return {
    messageId: id,
    receiptHandle: receipt,
    body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, each]) => [name, attributeOf(each)])),
    md5OfBody: md5(body),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn(queueName),
    awsRegion: LOCAL_ACCOUNT.region,
  };
}

function attributeOf({ DataType, StringValue, BinaryValue }: MessageAttribute) {
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
