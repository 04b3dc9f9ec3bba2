import { coldChart } from './chart.ts';
import { coldJson, describeCold } from './report.ts';
import type { ColdRow } from './run.ts';

const row = (name: ColdRow['name'], firstMs: number): ColdRow => ({
  name,
  firstMs,
  cpuMs: 40.123,
  bundleBytes: 1_300_000,
  rssMb: 90.456,
  warmRssMb: 120.5,
});
const rows = [row('floor', 37), row('ours-known', 54), row('stock', 370), row('our-subgraph', 50)];

test('JSON results have the documented names', () => {
  expect(coldJson(rows.slice(0, 1))).toEqual({
    cold: [{ name: 'floor', firstMs: 37, cpuMs: 40.12, bundleBytes: 1_300_000, rssMb: 90.46, warmRssMb: 120.5 }],
  });
});

test('the text report shows targets met, and skipped contestants', () => {
  const text = describeCold(rows);
  expect(text).toContain('✓ a registered operation against stock: 0.15 × (at most 0.2 ×)');
  expect(text).not.toContain('took no part');
  expect(describeCold([row('floor', 37)])).toContain('ours-known took no part');
});

test('the chart has a bar for each Lambda, proportional to its time', () => {
  const svg = coldChart(rows);
  const widths = [...svg.matchAll(/<rect class="(\w+)".* width="([\d.]+)"/g)].map(([, kind, width]) => [kind, width]);
  expect(widths).toEqual([
    ['other', '40.0'],
    ['ours', '58.4'],
    ['other', '400.0'],
    ['ours', '54.1'],
  ]);
  expect(svg).toContain('prefers-color-scheme: dark');
});
