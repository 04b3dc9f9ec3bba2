import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';
import { Deduplication, type FifoIds, type FifoSettings, type SentMessage, SequenceNumbers } from './fifo.ts';

/** A declared queue; times in milliseconds. */
export interface QueueDefinition {
  name: string;
  delay: number;
  visibilityTimeout: number;
  retention: number;
  /** Default time that a receiver waits for a message. */
  waitTime: number;
  /** Bytes. */
  maxMessageSize: number;
  /** Settings of a FIFO queue; undefined for a standard queue. */
  fifo?: FifoSettings;
  /** Dead-letter queue, which gets a message instead of a receiver after this many receives. */
  redrive?: { queueName: string; maxReceives: number };
}

/** Typed attribute of a message; binary values are base64. */
export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
}

export type MessageAttributes = Record<string, MessageAttribute>;

/** A received message, hidden from other receivers until its visibility timeout. */
export interface ReceivedMessage {
  id: string;
  body: string;
  attributes: MessageAttributes;
  receipt: string;
  sentAt: number;
  firstReceivedAt: number;
  receiveCount: number;
  /** Name of the queue from which it came to this dead-letter queue. */
  sourceQueue?: string;
  fifo?: FifoMessage;
}

export interface FifoMessage extends FifoIds {
  sequenceNumber: string;
}

/** A message to send. */
export interface QueueMessage {
  body: string;
  attributes?: MessageAttributes;
  /** Milliseconds before it can be received; defaults to the queue's delay. */
  delay?: number;
  /** Needed by a FIFO queue. */
  fifo?: FifoIds;
}

export interface QueueCounts {
  visible: number;
  /** Received and not yet deleted. */
  inFlight: number;
  delayed: number;
}

/**
 * Stores the messages of all queues on disk. Delivers at least once: those of a standard queue roughly in order of sending, and
 * those of a FIFO queue in order within their group, of which no message is delivered while another is in flight.
 */
export class QueueStore {
  readonly #database: DatabaseSync;
  readonly #now: () => number;
  readonly #deduplication: Deduplication;
  readonly #sequence: SequenceNumbers;
  /** Emits a queue's name when a message may have become receivable. */
  readonly #changed = new EventEmitter().setMaxListeners(0);
  readonly #closing = new AbortController();

  constructor(database: DatabaseSync, now: () => number = Date.now) {
    this.#database = database;
    this.#now = now;
    this.#deduplication = new Deduplication(database, now);
    this.#sequence = new SequenceNumbers(now);
    database.exec(`
      CREATE TABLE IF NOT EXISTS messages (
        id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL, sentAt INTEGER NOT NULL,
        visibleAt INTEGER NOT NULL, receiveCount INTEGER NOT NULL DEFAULT 0, firstReceivedAt INTEGER, receipt TEXT);
      CREATE INDEX IF NOT EXISTS messages_by_queue ON messages (queue, visibleAt);
    `);
    this.#addColumns('groupId', 'deduplicationId', 'sequenceNumber', 'sourceQueue');
    database.exec('CREATE INDEX IF NOT EXISTS messages_by_group ON messages (queue, groupId)');
  }

  /** Stores a message. A FIFO queue stores none with the deduplication id of one sent in the last five minutes. */
  send(queue: QueueDefinition, message: QueueMessage): SentMessage {
    const { fifo } = message;
    if (!queue.fifo || !fifo) return this.#insert(queue, message, { id: randomUUID() });
    const key = {
      queue: queue.name,
      group: queue.fifo.deduplicatesByGroup ? fifo.groupId : '',
      id: fifo.deduplicationId,
    };
    const sent = this.#deduplication.find(key);
    if (sent) return sent;
    const stored = this.#insert(queue, message, { id: randomUUID(), sequenceNumber: this.#sequence.next() });
    this.#deduplication.add(key, stored);
    return stored;
  }

  /** Receives up to `max` messages and hides them; waits up to `wait` milliseconds for the first one. */
  async receive(
    queue: QueueDefinition,
    { max, wait = queue.waitTime, hiddenFor, signal }: ReceiveOptions,
  ): Promise<ReceivedMessage[]> {
    const ended = signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal;
    for (const end = this.#now() + wait; ; ) {
      if (ended.aborted) return [];
      const messages = this.#take(queue, max, hiddenFor ?? queue.visibilityTimeout);
      const left = end - this.#now();
      if (messages.length > 0 || left <= 0) return messages;
      await this.#waitForMessage(queue, left, ended);
    }
  }

  /** Deletes a message by its latest receipt; an older receipt deletes nothing. */
  delete(queue: QueueDefinition, receipt: string): void {
    this.#database.prepare('DELETE FROM messages WHERE queue = ? AND receipt = ?').run(queue.name, receipt);
    // The next message of its group may follow.
    if (queue.fifo) this.#changed.emit(queue.name);
  }

  /** Hides a received message for `hiddenFor` milliseconds from now; returns whether it exists. */
  changeVisibility(queue: QueueDefinition, receipt: string, hiddenFor: number): boolean {
    const { changes } = this.#database
      .prepare('UPDATE messages SET visibleAt = ? WHERE queue = ? AND receipt = ?')
      .run(this.#now() + hiddenFor, queue.name, receipt);
    if (hiddenFor === 0) this.#changed.emit(queue.name);
    return Number(changes) > 0;
  }

  purge(queue: QueueDefinition): void {
    this.#database.prepare('DELETE FROM messages WHERE queue = ?').run(queue.name);
  }

  counts(queue: QueueDefinition): QueueCounts {
    this.#expire(queue);
    const row = this.#database
      .prepare(`
        SELECT COUNT(*) FILTER (WHERE visibleAt <= :now) AS visible,
               COUNT(*) FILTER (WHERE visibleAt > :now AND receiveCount > 0) AS inFlight,
               COUNT(*) FILTER (WHERE visibleAt > :now AND receiveCount = 0) AS delayed
        FROM messages WHERE queue = :queue`)
      .get({ now: this.#now(), queue: queue.name });
    return { visible: Number(row?.visible), inFlight: Number(row?.inFlight), delayed: Number(row?.delayed) };
  }

  /** Ends the wait of every receiver. */
  close(): void {
    this.#closing.abort();
  }

  #insert(
    queue: QueueDefinition,
    { body, attributes = {}, delay = queue.delay, fifo }: QueueMessage,
    sent: SentMessage,
  ) {
    const now = this.#now();
    const { groupId = null, deduplicationId = null } = fifo ?? {};
    this.#database
      .prepare(`
        INSERT INTO messages (id, queue, body, attributes, sentAt, visibleAt, groupId, deduplicationId, sequenceNumber)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
      .run(
        sent.id,
        queue.name,
        body,
        JSON.stringify(attributes),
        now,
        now + delay,
        groupId,
        deduplicationId,
        sent.sequenceNumber ?? null,
      );
    this.#changed.emit(queue.name);
    return sent;
  }

  #take(queue: QueueDefinition, max: number, hiddenFor: number): ReceivedMessage[] {
    this.#expire(queue);
    this.#redrive(queue);
    const now = this.#now();
    const take = this.#database.prepare(`
      UPDATE messages SET receipt = ?, visibleAt = ?, receiveCount = receiveCount + 1,
        firstReceivedAt = COALESCE(firstReceivedAt, ?)
      WHERE id = ? RETURNING *`);
    return this.#receivable(queue, max, now).flatMap(({ id }) => {
      const row = take.get(randomUUID(), now + hiddenFor, now, String(id));
      return row ? [toReceivedMessage(row)] : [];
    });
  }

  #receivable({ name, fifo }: QueueDefinition, max: number, now: number) {
    if (!fifo)
      return this.#database
        .prepare('SELECT id FROM messages WHERE queue = ? AND visibleAt <= ? ORDER BY sentAt, rowid LIMIT ?')
        .all(name, now, max);
    return this.#database
      .prepare(`
        SELECT id FROM messages WHERE queue = :name AND visibleAt <= :now AND NOT EXISTS (
          SELECT 1 FROM messages AS other WHERE other.queue = :name AND other.groupId = messages.groupId
            AND other.receiveCount > 0 AND other.visibleAt > :now)
        ORDER BY sequenceNumber LIMIT :max`)
      .all({ name, now, max });
  }

  /** Moves the messages that were received too often to the dead-letter queue; one of a FIFO queue gets a new sending time. */
  #redrive({ name, redrive }: QueueDefinition): void {
    if (!redrive) return;
    const { changes } = this.#database
      .prepare(`
        UPDATE messages SET queue = :queueName, sourceQueue = :name, visibleAt = :now, receiveCount = 0, receipt = NULL,
          firstReceivedAt = NULL, sentAt = CASE WHEN groupId IS NULL THEN sentAt ELSE :now END
        WHERE queue = :name AND visibleAt <= :now AND receiveCount >= :maxReceives`)
      .run({ name, now: this.#now(), ...redrive });
    if (Number(changes) > 0) this.#changed.emit(redrive.queueName);
  }

  #expire({ name, retention }: QueueDefinition): void {
    this.#database.prepare('DELETE FROM messages WHERE queue = ? AND sentAt < ?').run(name, this.#now() - retention);
  }

  /** Resolves when a message is sent, when a hidden one becomes visible, or after `limit` milliseconds. */
  async #waitForMessage({ name }: QueueDefinition, limit: number, ended: AbortSignal): Promise<void> {
    const now = this.#now();
    const row = this.#database
      .prepare('SELECT MIN(visibleAt) AS next FROM messages WHERE queue = ? AND visibleAt > ?')
      .get(name, now);
    const next = row?.next ? Number(row.next) - now : limit;
    const signal = AbortSignal.any([ended, AbortSignal.timeout(Math.min(limit, next))]);
    await once(this.#changed, name, { signal }).catch(() => {});
  }

  /** Adds columns to the table of an earlier version. */
  #addColumns(...names: string[]): void {
    const existing = this.#database
      .prepare('PRAGMA table_info(messages)')
      .all()
      .map(({ name }) => String(name));
    for (const name of names.filter((each) => !existing.includes(each)))
      this.#database.exec(`ALTER TABLE messages ADD COLUMN ${name} TEXT`);
  }
}

export interface ReceiveOptions {
  max: number;
  wait?: number | undefined;
  hiddenFor?: number | undefined;
  /** Ends the wait. */
  signal?: AbortSignal;
}

function toReceivedMessage(row: Record<string, unknown>): ReceivedMessage {
  return {
    id: String(row.id),
    body: String(row.body),
    attributes: JSON.parse(String(row.attributes)) as MessageAttributes,
    receipt: String(row.receipt),
    sentAt: Number(row.sentAt),
    firstReceivedAt: Number(row.firstReceivedAt),
    receiveCount: Number(row.receiveCount),
    ...(row.sourceQueue !== null && { sourceQueue: String(row.sourceQueue) }),
    ...(row.groupId !== null && {
      fifo: {
        groupId: String(row.groupId),
        deduplicationId: String(row.deduplicationId),
        sequenceNumber: String(row.sequenceNumber),
      },
    }),
  };
}
