import type { SystemModel } from '../local/assembly/model.ts';

/** What runs, as a table for people. */
export function describe({ functions, tables, routes, withoutCounterpart }: SystemModel): string {
  const rows = [
    ...functions.map(({ name, memory, timeout }) => ['function', name, `${memory} MB, ${timeout / 1_000} s`]),
    ...tables.map(({ name, create }) => ['table', name, `${create.GlobalSecondaryIndexes?.length ?? 0} indexes`]),
    ...routes.map(({ method, path, functionName }) => ['route', `${method} ${path}`, functionName]),
    ...withoutCounterpart.map(({ stack, type, logicalId }) => ['not run here', type, `${logicalId} in ${stack}`]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    ([kind = '', name = '', about = '']) =>
      `  ${kind.padEnd(widths[0] ?? 0)}  ${name.padEnd(widths[1] ?? 0)}  ${about}`,
  );
  return ['', ...lines, ''].join('\n');
}
