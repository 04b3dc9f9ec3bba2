import { table } from '../../scripts/command-line/table.ts';
import { figure, times } from '../table.ts';
import type { LiveResult, LiveRow } from './run.ts';

const HEADER = ['', 'CPU ms/message', 'messages/s', 'p50 ms', 'p99 ms', 'CPU against the floor', 'repeated'];

/** Formats the results as text: a table for each shape of subscriptions, and the time from a mutation to its message. */
export function describeLive({ rows, mutation }: LiveResult): string {
  const shapes = Map.groupBy(rows, ({ topics }) => topics);
  const tables = [...shapes].map(
    ([topics, group]) => `${titleOf(topics, group)}\n${table([HEADER, ...cellsOf(group)])}`,
  );
  const { p50Ms, p99Ms } = mutation;
  return [...tables, `From a mutation to its message: p50 ${figure(p50Ms)} ms, p99 ${figure(p99Ms)} ms`].join('\n\n');
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
