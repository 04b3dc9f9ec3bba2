import { join } from 'node:path';
import type { Children } from '../child.ts';
import { median, percentile } from '../statistics.ts';
import { usageOf } from '../usage.ts';
import { cpuBetween, functionCpu } from './function-cpu.ts';
import { LibrarySystem } from './library-system.ts';
import { Subscribers } from './subscribers.ts';

/** One server with one shape of subscriptions. */
export interface LiveRow {
  name: 'ours' | 'floor';
  topics: number;
  subscriptions: number;
  /** CPU time of all functions, or of the floor's process, for a message; median. */
  cpuMs: number;
  /** Messages a second, from the first write to the last message; median. */
  perSecond: number;
  /** From the write of an event to its last message, over topics and rounds, milliseconds. */
  p50Ms: number;
  p99Ms: number;
  /** Messages that came twice. */
  repeated: number;
}

export interface LiveResult {
  rows: LiveRow[];
  /** From a mutation to its message, with one subscription, milliseconds. */
  mutation: { p50Ms: number; p99Ms: number };
}

/** A server under test. */
interface Server {
  name: LiveRow['name'];
  url: string;
  confirms: boolean;
  /** Publishes a version of each topic; returns the times. */
  publish: (topics: string[], version: number) => Promise<ReadonlyMap<string, number>>;
  /** Returns the CPU time since the last call. */
  cpuMs: () => Promise<number>;
  /** Waits until all have subscribed. */
  isReady: (subscriptions: number) => Promise<void>;
}

const QUERY = 'subscription ($id: ID!) { bookChanged(id: $id) { title isOffered isAvailable } }';
const PER_TOPIC = 10;
const PER_CONNECTION = 50;
const LIMIT_MS = 300_000;
const MUTATIONS = 30;
/** A book has the versions 1 and 2 by its own mutations. */
const FIRST_VERSION = 10;

/** Measures deliveries of many subscriptions to one topic, and to many topics, by our functions and by one process. */
export async function runLive(
  { rounds, subscriptions }: { rounds: number; subscriptions: number },
  children: Children,
  say: (line: string) => void,
): Promise<LiveResult> {
  say('Starting the library and the floor');
  const library = await LibrarySystem.start(children);
  const servers = [await floorServer(children), await ourServer(library)];
  const mutation = await measureMutations(library);
  const rows: LiveRow[] = [];
  for (const count of [1, subscriptions / PER_TOPIC]) {
    const topics = await library.offerBooks(count);
    for (const server of servers) {
      say(`${server.name}: ${subscriptions} subscriptions to ${count === 1 ? 'one topic' : `${count} topics`}`);
      rows.push(await measure(server, topics, subscriptions, rounds));
    }
  }
  return { rows, mutation };
}

async function measure(server: Server, topics: string[], total: number, rounds: number): Promise<LiveRow> {
  const subscriptions = topics.flatMap((topic) =>
    Array.from({ length: total / topics.length }, () => ({ topic, query: QUERY, variables: { id: topic } })),
  );
  const { url, confirms } = server;
  const subscribers = await Subscribers.open({ url, connections: total / PER_CONNECTION, subscriptions, confirms });
  await server.isReady(total);
  const latencies: number[] = [];
  const cpu: number[] = [];
  const rates: number[] = [];
  for (let round = -1; round < rounds; round++) {
    await server.cpuMs();
    const start = performance.now();
    const version = FIRST_VERSION + round;
    const publishing = server.publish(topics, version);
    const times = await subscribers.all(version, LIMIT_MS);
    const sentAt = await publishing;
    const cpuMs = await server.cpuMs();
    // The first round warms the processes up.
    if (round < 0) continue;
    cpu.push(cpuMs / total);
    rates.push((1_000 * total) / (Math.max(...times.values()) - start));
    for (const [topic, time] of times) latencies.push(time - (sentAt.get(topic) ?? Number.NaN));
  }
  subscribers.close();
  return {
    name: server.name,
    topics: topics.length,
    subscriptions: total,
    cpuMs: median(cpu),
    perSecond: median(rates),
    p50Ms: percentile(latencies, 50),
    p99Ms: percentile(latencies, 99),
    repeated: subscribers.repeated,
  };
}

/** Measures one mutation after another, each with one subscription. */
async function measureMutations(library: LibrarySystem): Promise<LiveResult['mutation']> {
  const books = await library.offerBooks(MUTATIONS + 3);
  const latencies: number[] = [];
  for (const [run, id] of books.entries()) {
    const subscriptions = [{ topic: id, query: QUERY, variables: { id } }];
    const subscribers = await Subscribers.open({
      url: library.webSocketUrl,
      connections: 1,
      subscriptions,
      confirms: true,
    });
    const start = performance.now();
    const mutating = library.takeBack(id);
    const time = (await subscribers.all(2, LIMIT_MS)).get(id) ?? Number.NaN;
    await mutating;
    subscribers.close();
    if (run >= books.length - MUTATIONS) latencies.push(time - start);
  }
  return { p50Ms: percentile(latencies, 50), p99Ms: percentile(latencies, 99) };
}

async function ourServer(library: LibrarySystem): Promise<Server> {
  let last = await functionCpu(library.data);
  return {
    name: 'ours',
    url: library.webSocketUrl,
    confirms: true,
    publish: (topics, version) => library.publish(topics, version),
    cpuMs: async () => {
      const before = last;
      last = await functionCpu(library.data);
      return cpuBetween(before, last);
    },
    isReady: async () => {},
  };
}

async function floorServer(children: Children): Promise<Server> {
  const child = children.start('floor', [join(import.meta.dirname, 'floor.ts')]);
  const { port } = await child.says<{ port: number }>();
  let last = 0;
  return {
    name: 'floor',
    url: `ws://127.0.0.1:${port}/graphql`,
    confirms: false,
    publish: async (ids, version) => {
      const now = performance.now();
      await child.ask({ ids, version });
      return new Map(ids.map((id) => [id, now]));
    },
    cpuMs: async () => {
      const before = last;
      last = usageOf(child.pid).cpuMs;
      return last - before;
    },
    isReady: async (subscriptions) => {
      while ((await child.ask<{ followers: number }>()).followers < subscriptions);
    },
  };
}
