import { stripVTControlCharacters } from 'node:util';
import { describeStream } from './report.ts';

test('the report has a table for each part, and the targets', () => {
  const text = stripVTControlCharacters(
    describeStream({
      defer: [
        { name: 'ours, without the slow fields', firstMs: 10, endMs: 10 },
        { name: 'ours, slow fields deferred', firstMs: 11, endMs: 310 },
      ],
      codings: [
        { name: 'identity', bytes: 1_000_000, cpuMs: 0 },
        { name: 'gzip', bytes: 250_000, cpuMs: 7.5 },
      ],
      large: { bytes: 50_000_000, idleMb: 100, peakMb: 250, endMs: 2_000 },
    }),
  );
  expect(text).toMatch(/^ours, slow fields deferred +11\.0 +310$/m);
  expect(text).toMatch(/^gzip +250000 +75\.0 % +7\.5$/m);
  expect(text.split('\n').slice(-4)).toEqual([
    '✓ first part with @defer, against the query without the slow fields: 1.1 × (at most 1.2 ×)',
    '✓ CPU of gzip for 1 MB, against 15 ms: 0.50 × (at most 1 ×)',
    '✗ bytes with gzip, against those of 1 MB: 0.25 × (at most 0.2 ×)',
    '✓ memory for a response of 50 MB, against its size: 3.0 × (at most 4 ×)',
  ]);
});
