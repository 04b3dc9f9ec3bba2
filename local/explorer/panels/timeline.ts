import type { ExplainedCall, Explanation, TableCall } from '#platform/telemetry/explanation.ts';

/** Part of a bar, in milliseconds on the timeline. */
export interface Segment {
  kind: 'waiting' | 'start' | 'run' | 'table';
  from: number;
  to: number;
}

/** Line of the waterfall. */
export interface TimelineRow {
  id: string;
  level: 0 | 1 | 2;
  name: string;
  /** Service whose colour it has. */
  service?: string;
  detail?: string;
  segments: Segment[];
  isCold: boolean;
  error?: string;
}

export interface Timeline {
  /** Milliseconds; a cold start of the gateway is before 0. */
  from: number;
  to: number;
  rows: TimelineRow[];
}

/** Returns the waterfall of a request: the gateway, its calls in order, and their requests to DynamoDB. */
export function timelineOf({ gateway, calls }: Explanation): Timeline {
  const start = gateway.init ?? 0;
  const row: TimelineRow = {
    id: 'gateway',
    level: 0,
    name: 'gateway',
    segments: [
      ...(start > 0 ? [{ kind: 'start' as const, from: -start, to: 0 }] : []),
      { kind: 'run', from: 0, to: gateway.run },
    ],
    isCold: start > 0,
  };
  const rows = [...calls].sort((a, b) => a.began - b.began).flatMap((call, index) => callRows(call, index));
  const own = gateway.tables.map((table, index) => tableRow(table, `gateway-${index}`, 0));
  const ends = [row, ...own, ...rows].flatMap(({ segments }) => segments.map(({ to }) => to));
  return { from: -start, to: Math.max(1, ...ends), rows: [row, ...own, ...rows] };
}

function callRows(call: ExplainedCall, index: number): TimelineRow[] {
  const { service, began, ended, entities, error, function: run } = call;
  const id = `call-${index}`;
  const runBegan = run ? Math.max(began, ended - run.run) : ended;
  const startBegan = run?.init ? Math.max(began, runBegan - run.init) : runBegan;
  const segments: Segment[] = [
    { kind: 'waiting', from: began, to: startBegan },
    { kind: 'start', from: startBegan, to: runBegan },
    { kind: 'run', from: runBegan, to: ended },
  ];
  const row: TimelineRow = {
    id,
    level: 1,
    name: service,
    service,
    ...(entities !== undefined && { detail: `${entities} entities` }),
    segments: segments.filter(({ from, to }) => to > from),
    isCold: run?.init !== undefined,
    ...(error && { error }),
  };
  const tables = run?.tables ?? [];
  return [row, ...tables.map((table, position) => ({ ...tableRow(table, `${id}-${position}`, runBegan), service }))];
}

function tableRow(
  { action, table, index, began, ended, items, error }: TableCall,
  id: string,
  at: number,
): TimelineRow {
  return {
    id,
    level: 2,
    name: action,
    detail: `${index ? `${table}/${index}` : table} · ${items} ${items === 1 ? 'item' : 'items'}`,
    segments: [{ kind: 'table', from: at + began, to: at + ended }],
    isCold: false,
    ...(error && { error }),
  };
}

/** Round time on the timeline; the first one's label has the unit. */
export interface Tick {
  /** Milliseconds. */
  at: number;
  label: string;
}

/** Returns the ticks of a timeline, at most about five. */
export function ticksOf({ from, to }: Timeline): Tick[] {
  const rough = (to - from) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * magnitude).find((each) => each >= rough) ?? rough;
  const first = Math.ceil(from / step);
  const times = Array.from({ length: Math.floor(to / step) - first + 1 }, (_, index) => (first + index) * step);
  const [unit, divisor] = to - from >= 2_000 ? ['s', 1_000] : ['ms', 1];
  return times.map((at, index) => {
    const number = (at / divisor).toLocaleString('en', { maximumFractionDigits: 3 });
    return { at, label: index === 0 ? `${number} ${unit}` : number };
  });
}
