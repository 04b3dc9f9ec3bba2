import { once } from 'node:events';
import WebSocket from 'ws';

/** A subscription of a client. */
export interface SubscriptionRequest {
  /** Name by which the times of its messages are kept. */
  topic: string;
  query: string;
  variables: Record<string, unknown>;
}

export interface SubscribersOptions {
  url: string;
  /** Connections, among which the subscriptions are spread. */
  connections: number;
  subscriptions: SubscriptionRequest[];
  /** Whether the server says that events reach a subscription from now on. */
  confirms: boolean;
}

interface Message {
  type: string;
  id?: string;
  payload?: { subscribed?: string; extensions?: { event: { version: number } } };
}

/** Many subscriptions over few connections, which count the messages of each event's version. */
export class Subscribers {
  readonly #connections: WebSocket[] = [];
  readonly #expected: number;
  /** Messages of each subscription by version. */
  readonly #counts = new Map<number, Map<string, number>>();
  /** Times of the last first message of each topic, by version. */
  readonly #times = new Map<number, Map<string, number>>();
  #onChange: () => void = () => {};
  #failure: Error | undefined;

  private constructor(expected: number) {
    this.#expected = expected;
  }

  /** Connects and subscribes; each connection waits for one subscription before the next. */
  static async open({ url, connections, subscriptions, confirms }: SubscribersOptions): Promise<Subscribers> {
    const all = new Subscribers(subscriptions.length);
    const shares = Array.from({ length: connections }, (_, at) =>
      subscriptions.filter((_, index) => index % connections === at),
    );
    for (const chunk of chunks([...shares.entries()], CONCURRENT_CONNECTIONS))
      await Promise.all(chunk.map(([at, share]) => all.#connect(url, at, share, confirms)));
    return all;
  }

  /** Number of subscriptions that have got a version. */
  received(version: number): number {
    return this.#counts.get(version)?.size ?? 0;
  }

  /** Number of messages that a subscription had got before. */
  get repeated(): number {
    const counts = [...this.#counts.values()].flatMap((byId) => [...byId.values()]);
    return counts.reduce((sum, count) => sum + count - 1, 0);
  }

  /**
   * Waits until all subscriptions have a version; returns the times at which the last of each topic got it, as of performance.now().
   * Rejects after the limit.
   */
  async all(version: number, limitMs: number): Promise<ReadonlyMap<string, number>> {
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        timer = setTimeout(() => reject(this.#missing(version, limitMs)), limitMs);
        this.#onChange = () => {
          if (this.#failure) reject(this.#failure);
          else if (this.received(version) === this.#expected) resolve();
        };
        this.#onChange();
      });
    } finally {
      clearTimeout(timer);
      this.#onChange = () => {};
    }
    return this.#times.get(version) ?? new Map();
  }

  close(): void {
    for (const connection of this.#connections) connection.close(1000);
  }

  #missing(version: number, limitMs: number): Error {
    return new Error(
      `${this.received(version)} of ${this.#expected} subscriptions have version ${version} after ${limitMs} ms`,
    );
  }

  async #connect(url: string, at: number, share: SubscriptionRequest[], confirms: boolean): Promise<void> {
    const connection = new WebSocket(url, 'graphql-transport-ws');
    this.#connections.push(connection);
    const confirmed = confirmations(connection);
    connection.on('message', (data) => this.#receive(at, share, JSON.parse(String(data))));
    await once(connection, 'open');
    connection.send(JSON.stringify({ type: 'connection_init' }));
    await confirmed('connection_ack');
    for (const [index, { query, variables }] of share.entries()) {
      connection.send(JSON.stringify({ type: 'subscribe', id: String(index), payload: { query, variables } }));
      if (confirms) await confirmed(String(index));
      if (this.#failure) throw this.#failure;
    }
  }

  #receive(at: number, share: SubscriptionRequest[], { type, id, payload }: Message): void {
    if (type === 'error' || (type === 'ping' && payload)) {
      this.#failure ??= new Error(`A subscription failed: ${JSON.stringify(payload)}`);
      return this.#onChange();
    }
    if (type !== 'next') return;
    const version = payload?.extensions?.event.version ?? 0;
    const counts = getOrAdd(this.#counts, version, () => new Map<string, number>());
    const subscription = `${at} ${id}`;
    const count = counts.get(subscription) ?? 0;
    counts.set(subscription, count + 1);
    if (count > 0) return;
    const times = getOrAdd(this.#times, version, () => new Map<string, number>());
    times.set(share[Number(id)]?.topic ?? '', performance.now());
    if (counts.size === this.#expected) this.#onChange();
  }
}

/** Connections that subscribe at once: more would wait for a local function. */
const CONCURRENT_CONNECTIONS = 8;

/** Returns a function that waits for the acknowledgement of a connection, or for the start of a subscription by its id, or for an error. */
function confirmations(connection: WebSocket): (wanted: string) => Promise<void> {
  let confirm: (confirmed: string | undefined) => void = () => {};
  connection.on('message', (data) => {
    const { type, payload }: Message = JSON.parse(String(data));
    if (type === 'error') confirm(undefined);
    confirm(payload?.subscribed ?? type);
  });
  return (wanted) =>
    new Promise((resolve) => {
      confirm = (confirmed) => {
        if (confirmed === wanted || confirmed === undefined) resolve();
      };
    });
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}

function chunks<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
