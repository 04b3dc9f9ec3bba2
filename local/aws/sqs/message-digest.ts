import { hash } from 'node:crypto';
import type { MessageAttributes } from './queue-store.ts';

const STRING = 1;
const BINARY = 2;

/** Returns the MD5 digest by which clients verify a message. */
export function md5(text: string | Buffer): string {
  return hash('md5', text);
}

/** Returns the MD5 digest of message attributes; undefined if there are none. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {};
    const value = BinaryValue === undefined ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64');
    const transport = Buffer.from([BinaryValue === undefined ? STRING : BINARY]);
    return [withLength(Buffer.from(name)), withLength(Buffer.from(DataType)), transport, withLength(value)];
  });
  return md5(Buffer.concat(parts));
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
