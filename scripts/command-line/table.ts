import { styleText } from 'node:util';

/** Formats a text table, with the first column left-aligned and the others right-aligned. The first row is the header. */
export function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  return lines.map((cells, i) => (i === 0 ? styleText('bold', cells.join('  ')) : cells.join('  '))).join('\n');
}
