import { styleText } from 'node:util';

/** A text table: the first column to the left, figures to the right. The first row is its head. */
export function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  return lines.map((cells, i) => (i === 0 ? styleText('bold', cells.join('  ')) : cells.join('  '))).join('\n');
}

/** A figure with as many digits as it is worth reading. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(value >= 10 ? 3 : 2);
}

/** How many times a value is another, such as `6.6 ×`; a dash where there is no other. */
export function times(value: number, base: number | undefined): string {
  return base ? `${figure(value / base)} ×` : '–';
}

/** Something that the project holds itself to: a ratio of two measured figures. */
export interface Bar {
  /** What is held, in words: `requests/s against stock`. */
  says: string;
  value: number | undefined;
  base: number | undefined;
  atLeast?: number;
  atMost?: number;
}

/** One line for each bar whose figures were measured: whether it is held, and by how much. */
export function barLines(bars: Bar[]): string[] {
  return bars.flatMap(({ says, value, base, atLeast = 0, atMost = Number.POSITIVE_INFINITY }) => {
    if (value === undefined || base === undefined) return [];
    const ratio = value / base;
    const isHeld = ratio >= atLeast && ratio <= atMost;
    const limit = atLeast > 0 ? `at least ${atLeast} ×` : `at most ${atMost} ×`;
    const line = `${isHeld ? '✓' : '✗'} ${says}: ${times(value, base)} (${limit})`;
    return [styleText(isHeld ? 'green' : 'red', line)];
  });
}
