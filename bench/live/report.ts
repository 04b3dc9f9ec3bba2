import { table } from '../../scripts/command-line/table.ts';
import { barLines, figure, times } from '../table.ts';
import type { LiveResult, LiveRow } from './run.ts';

const HEADER = ['', 'CPU ms/message', 'messages/s', 'p50 ms', 'p99 ms', 'CPU against the floor', 'repeated'];

/** Limits of the CPU time of a message against the floor's, for one topic and for many. */
const MOST_CPU = { one: 40, many: 80 };

/** Formats the results as text: a table for each shape of subscriptions, and the time from a mutation to its message. */
export function describeLive({ rows, mutation }: LiveResult): string {
  const shapes = Map.groupBy(rows, ({ topics }) => topics);
  const tables = [...shapes].map(
    ([topics, group]) => `${titleOf(topics, group)}\n${table([HEADER, ...cellsOf(group)])}`,
  );
  const { p50Ms, p99Ms } = mutation;
  const ofMutation = `From a mutation to its message: p50 ${figure(p50Ms)} ms, p99 ${figure(p99Ms)} ms`;
  return [...tables, ofMutation, [...shapes.values()].flatMap(bars).join('\n')].join('\n\n');
}

function bars(rows: LiveRow[]): string[] {
  const cpuOf = (server: LiveRow['name']) => rows.find(({ name }) => name === server)?.cpuMs;
  const [says, atMost] = rows[0]?.topics === 1 ? ['one topic', MOST_CPU.one] : ['many topics', MOST_CPU.many];
  return barLines([
    {
      says: `CPU of a message to ${says}, against the floor`,
      value: cpuOf('ours'),
      base: cpuOf('floor'),
      atMost: Number(atMost),
    },
  ]);
}

function titleOf(topics: number, [first]: LiveRow[]): string {
  const subscriptions = first?.subscriptions ?? 0;
  return topics === 1
    ? `${subscriptions} subscriptions to one topic`
    : `${topics} topics with ${subscriptions / topics} subscriptions each`;
}

function cellsOf(rows: LiveRow[]): string[][] {
  const floor = rows.find(({ name }) => name === 'floor');
  return rows.map(({ name, cpuMs, perSecond, p50Ms, p99Ms, repeated }) => [
    name,
    figure(cpuMs),
    figure(perSecond),
    figure(p50Ms),
    figure(p99Ms),
    times(cpuMs, floor?.cpuMs),
    String(repeated),
  ]);
}
