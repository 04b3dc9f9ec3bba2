import { figure } from '../table.ts';
import type { ColdName } from './contestants.ts';
import type { ColdRow } from './run.ts';

const LABELS: Record<ColdName, string> = {
  floor: 'an empty handler with one call',
  'ours-known': 'this gateway, registered operation',
  'ours-refused': 'this gateway, a bad token',
  'ours-unknown': 'this gateway, other operation',
  stock: 'Apollo Server + Apollo Gateway',
  hive: 'Hive Gateway',
  'our-subgraph': 'a subgraph of this project',
  'stock-subgraph': 'Apollo Server subgraph',
};
const BAR_LEFT = 250;
const BAR_WIDTH = 400;
const ROW_HEIGHT = 30;
const TOP = 44;
const WIDTH = 720;

/** Renders the times to the first response as a bar chart: a self-contained SVG with light and dark colours. */
export function coldChart(rows: ColdRow[]): string {
  const longest = Math.max(...rows.map(({ firstMs }) => firstMs));
  const height = TOP + rows.length * ROW_HEIGHT + 8;
  const bars = rows.map((row, i) => bar(row, TOP + i * ROW_HEIGHT, longest));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="Cold start: milliseconds from process start to first answer">
  <style>
    text { font: 13px system-ui, sans-serif; fill: #24292f }
    .title { font-weight: 600 }
    .figure { font-variant-numeric: tabular-nums }
    .ours { fill: #1a7f37 }
    .other { fill: #8c959f }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .ours { fill: #3fb950 }
      .other { fill: #6e7681 }
    }
  </style>
  <text class="title" x="8" y="24">Cold start: process start to first answer, ms</text>
${bars.join('\n')}
</svg>
`;
}

function bar({ name, firstMs }: ColdRow, top: number, longest: number): string {
  const width = Math.max(1, (firstMs / longest) * BAR_WIDTH);
  const kind = name.startsWith('our') ? 'ours' : 'other';
  return [
    `  <text x="${BAR_LEFT - 10}" y="${top + 15}" text-anchor="end">${LABELS[name]}</text>`,
    `  <rect class="${kind}" x="${BAR_LEFT}" y="${top}" width="${width.toFixed(1)}" height="20" rx="3"/>`,
    `  <text class="figure" x="${(BAR_LEFT + width + 8).toFixed(1)}" y="${top + 15}">${figure(firstMs)}</text>`,
  ].join('\n');
}
