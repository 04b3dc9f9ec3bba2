import type { SystemModel } from '../local/assembly/model.ts';

/** What runs, as a table for people. */
export function describe({ functions, tables, routes, withoutCounterpart }: SystemModel): string {
  const rows = [
    ...functions.map(({ name, memory, timeout }) => ['function', name, `${memory} MB, ${timeout / 1_000} s`]),
    ...tables.map(({ name, create }) => ['table', name, `${create.GlobalSecondaryIndexes?.length ?? 0} indexes`]),
    ...routes.map(({ method, path, functionName }) => ['route', `${method} ${path}`, functionName]),
    ...countByType(withoutCounterpart).map(([type, count]) => ['not run here', type, `${count} in the templates`]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    ([kind = '', name = '', about = '']) =>
      `  ${kind.padEnd(widths[0] ?? 0)}  ${name.padEnd(widths[1] ?? 0)}  ${about}`,
  );
  return ['', ...lines, ''].join('\n');
}

function countByType(resources: { type: string }[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b));
}
