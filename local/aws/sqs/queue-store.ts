import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';

/** A queue as the template declares it; times in milliseconds. */
export interface QueueDefinition {
  name: string;
  /** Before a message that was sent can be received. */
  delay: number;
  /** That a received message is hidden for. */
  visibilityTimeout: number;
  /** That a message is kept. */
  retention: number;
  /** That a receiver waits for a message. */
  waitTime: number;
  /** Bytes. */
  maxMessageSize: number;
}

/** A typed attribute that a sender gave a message; a binary value is base64. */
export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
}

export type MessageAttributes = Record<string, MessageAttribute>;

/** A message that was received, hidden from other receivers for a while. */
export interface ReceivedMessage {
  id: string;
  body: string;
  attributes: MessageAttributes;
  receipt: string;
  sentAt: number;
  firstReceivedAt: number;
  receiveCount: number;
}

/** A message as it is sent. */
export interface QueueMessage {
  body: string;
  attributes?: MessageAttributes;
  /** Milliseconds before it can be received; the queue's own if left out. */
  delay?: number;
}

export interface QueueCounts {
  visible: number;
  /** Received, and not deleted yet. */
  inFlight: number;
  delayed: number;
}

/** Messages of all queues, kept on disk. Delivery is at least once, in about the order of sending. */
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

  /** Takes up to `max` messages and hides them; waits for the first one up to `wait` milliseconds. */
  async receive(
    queue: QueueDefinition,
    { max, wait = queue.waitTime, hiddenFor = queue.visibilityTimeout }: ReceiveOptions,
  ): Promise<ReceivedMessage[]> {
    for (const end = Date.now() + wait; ; ) {
      const messages = this.#take(queue, max, hiddenFor);
      const left = end - Date.now();
      if (messages.length > 0 || left <= 0) return messages;
      await this.#nextChance(queue, left);
      if (this.#closing.signal.aborted) return [];
    }
  }

  /** Deletes a message by the receipt of its last receipt; another receipt deletes nothing. */
  delete(queue: QueueDefinition, receipt: string): void {
    this.#database.prepare('DELETE FROM messages WHERE queue = ? AND receipt = ?').run(queue.name, receipt);
  }

  /** Hides a received message for so long from now; tells whether there is such a message. */
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

  /** Sends every waiting receiver away. */
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
      return row ? [received(row)] : [];
    });
  }

  #expire({ name, retention }: QueueDefinition): void {
    this.#database.prepare('DELETE FROM messages WHERE queue = ? AND sentAt < ?').run(name, Date.now() - retention);
  }

  /** Resolves when a message was sent, when a hidden one shows again, or when the time is over. */
  async #nextChance(queue: QueueDefinition, limit: number): Promise<void> {
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

function received(row: Record<string, unknown>): ReceivedMessage {
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
