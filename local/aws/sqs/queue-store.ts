import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';

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
}

/** A message to send. */
export interface QueueMessage {
  body: string;
  attributes?: MessageAttributes;
  /** Milliseconds before it can be received; defaults to the queue's delay. */
  delay?: number;
}

export interface QueueCounts {
  visible: number;
  /** Received and not yet deleted. */
  inFlight: number;
  delayed: number;
}

/** Stores the messages of all queues on disk. Delivers at least once, roughly in order of sending. */
export class QueueStore {
  readonly #database: DatabaseSync;
  readonly #sent = new EventEmitter().setMaxListeners(0);
  readonly #closing = new AbortController();

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`
      CREATE TABLE IF NOT EXISTS messages (
        id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL, sentAt INTEGER NOT NULL,
        visibleAt INTEGER NOT NULL, receiveCount INTEGER NOT NULL DEFAULT 0, firstReceivedAt INTEGER, receipt TEXT);
      CREATE INDEX IF NOT EXISTS messages_by_queue ON messages (queue, visibleAt);
    `);
  }

  /** Stores a message; returns its id. */
  send(queue: QueueDefinition, { body, attributes = {}, delay = queue.delay }: QueueMessage): string {
    const id = randomUUID();
    const now = Date.now();
    this.#database
      .prepare('INSERT INTO messages (id, queue, body, attributes, sentAt, visibleAt) VALUES (?, ?, ?, ?, ?, ?)')
      .run(id, queue.name, body, JSON.stringify(attributes), now, now + delay);
    this.#sent.emit(queue.name);
    return id;
  }

  /** Receives up to `max` messages and hides them; waits up to `wait` milliseconds for the first one. */
  async receive(
    queue: QueueDefinition,
    { max, wait = queue.waitTime, hiddenFor = queue.visibilityTimeout }: ReceiveOptions,
  ): Promise<ReceivedMessage[]> {
    for (const end = Date.now() + wait; ; ) {
      const messages = this.#take(queue, max, hiddenFor);
      const left = end - Date.now();
      if (messages.length > 0 || left <= 0) return messages;
      await this.#waitForMessage(queue, left);
      if (this.#closing.signal.aborted) return [];
    }
  }

  /** Deletes a message by its latest receipt; an older receipt deletes nothing. */
  delete(queue: QueueDefinition, receipt: string): void {
    this.#database.prepare('DELETE FROM messages WHERE queue = ? AND receipt = ?').run(queue.name, receipt);
  }

  /** Hides a received message for `hiddenFor` milliseconds from now; returns whether it exists. */
  changeVisibility(queue: QueueDefinition, receipt: string, hiddenFor: number): boolean {
    const { changes } = this.#database
      .prepare('UPDATE messages SET visibleAt = ? WHERE queue = ? AND receipt = ?')
      .run(Date.now() + hiddenFor, queue.name, receipt);
    if (hiddenFor === 0) this.#sent.emit(queue.name);
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
      .get({ now: Date.now(), queue: queue.name });
    return { visible: Number(row?.visible), inFlight: Number(row?.inFlight), delayed: Number(row?.delayed) };
  }

  /** Ends the wait of every receiver. */
  close(): void {
    this.#closing.abort();
  }

  #take(queue: QueueDefinition, max: number, hiddenFor: number): ReceivedMessage[] {
    this.#expire(queue);
    const now = Date.now();
    const rows = this.#database
      .prepare('SELECT id FROM messages WHERE queue = ? AND visibleAt <= ? ORDER BY sentAt, rowid LIMIT ?')
      .all(queue.name, now, max);
    const take = this.#database.prepare(`
      UPDATE messages SET receipt = ?, visibleAt = ?, receiveCount = receiveCount + 1,
        firstReceivedAt = COALESCE(firstReceivedAt, ?)
      WHERE id = ? RETURNING *`);
    return rows.flatMap(({ id }) => {
      const row = take.get(randomUUID(), now + hiddenFor, now, String(id));
      return row ? [toReceivedMessage(row)] : [];
    });
  }

  #expire({ name, retention }: QueueDefinition): void {
    this.#database.prepare('DELETE FROM messages WHERE queue = ? AND sentAt < ?').run(name, Date.now() - retention);
  }

  /** Resolves when a message is sent, when a hidden one becomes visible, or after `limit` milliseconds. */
  async #waitForMessage(queue: QueueDefinition, limit: number): Promise<void> {
    const row = this.#database.prepare('SELECT MIN(visibleAt) AS next FROM messages WHERE queue = ?').get(queue.name);
    const next = row?.next ? Math.max(1, Number(row.next) - Date.now()) : limit;
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(Math.min(limit, next))]);
    await once(this.#sent, queue.name, { signal }).catch(() => {});
  }
}

export interface ReceiveOptions {
  max: number;
  wait?: number | undefined;
  hiddenFor?: number | undefined;
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
  };
}
