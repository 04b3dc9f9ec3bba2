import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { AwsError } from '../aws-service.ts';

/** Milliseconds, https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html */
const DEDUPLICATION_INTERVAL = 300_000;
/** Matches the ids that SQS accepts, https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const ID = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html */
export interface FifoSettings {
  /** Whether the body's hash is the deduplication id of a message without one. */
  hasContentDeduplication: boolean;
  /** Whether a deduplication id counts in its group only. */
  deduplicatesByGroup: boolean;
}

/** Group and id of a message of a FIFO queue. */
export interface FifoIds {
  groupId: string;
  deduplicationId: string;
}

/** A stored message. */
export interface SentMessage {
  id: string;
  /** Set by a FIFO queue. */
  sequenceNumber?: string;
}

interface DeduplicationKey {
  queue: string;
  /** Empty if the id counts in the whole queue. */
  group: string;
  id: string;
}

/** Deduplication ids of the last five minutes, also of messages that were deleted since. */
export class Deduplication {
  readonly #database: DatabaseSync;
  readonly #now: () => number;

  constructor(database: DatabaseSync, now: () => number) {
    this.#database = database;
    this.#now = now;
    database.exec(`
      CREATE TABLE IF NOT EXISTS deduplication_ids (
        queue TEXT, groupId TEXT, id TEXT, messageId TEXT, sequenceNumber TEXT, expiresAt INTEGER,
        PRIMARY KEY (queue, groupId, id))`);
  }

  /** Returns the message that was sent with an id. */
  find({ queue, group, id }: DeduplicationKey): SentMessage | undefined {
    this.#database.prepare('DELETE FROM deduplication_ids WHERE expiresAt <= ?').run(this.#now());
    const row = this.#database
      .prepare('SELECT * FROM deduplication_ids WHERE queue = ? AND groupId = ? AND id = ?')
      .get(queue, group, id);
    return row && { id: String(row.messageId), sequenceNumber: String(row.sequenceNumber) };
  }

  add({ queue, group, id }: DeduplicationKey, message: SentMessage): void {
    this.#database
      .prepare('INSERT INTO deduplication_ids VALUES (?, ?, ?, ?, ?, ?)')
      .run(queue, group, id, message.id, message.sequenceNumber ?? null, this.#now() + DEDUPLICATION_INTERVAL);
  }
}

/** Increasing numbers of 20 digits, also across runs. */
export class SequenceNumbers {
  readonly #now: () => number;
  #last = 0n;

  constructor(now: () => number) {
    this.#now = now;
  }

  next(): string {
    const byTime = BigInt(this.#now()) * 1_000_000n;
    this.#last = byTime > this.#last ? byTime : this.#last + 1n;
    return String(this.#last).padStart(20, '0');
  }
}

/** Returns the ids of a message for a FIFO queue; undefined for a standard queue. Throws AwsError if one is missing or invalid. */
export function fifoIds(
  fifo: FifoSettings | undefined,
  input: Record<string, unknown>,
  body: string,
): FifoIds | undefined {
  const { MessageGroupId: groupId, MessageDeduplicationId, DelaySeconds } = input;
  if (!fifo) return undefined;
  if (DelaySeconds !== undefined && DelaySeconds !== null)
    throw invalid(
      `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  if (typeof groupId !== 'string')
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  const contentId = fifo.hasContentDeduplication ? createHash('sha256').update(body).digest('hex') : undefined;
  const deduplicationId = MessageDeduplicationId ?? contentId;
  if (typeof deduplicationId !== 'string')
    throw invalid(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  for (const [name, id] of Object.entries({ MessageGroupId: groupId, MessageDeduplicationId: deduplicationId }))
    if (!ID.test(id))
      throw invalid(
        `Value ${id} for parameter ${name} is invalid. Reason: It has 1 to 128 letters, digits and punctuation.`,
      );
  return { groupId, deduplicationId };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
