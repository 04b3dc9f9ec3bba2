import { RecentLog } from './recent-log.ts';

const TRACE = '0123456789abcdef0123456789abcdef';
const line = (members: object) => JSON.stringify({ message: 'm', ...members });
const trace = (traceId: string) => ({ traceparent: `00-${traceId}-00f067aa0ba902b7-01` });

function logOf(lines: string[], maxCharacters?: number): RecentLog {
  const log = new RecentLog(maxCharacters);
  for (const [time, text] of lines.entries()) log.add({ time, functionName: 'f', line: text });
  return log;
}

const texts = (log: RecentLog, requestId: string) => log.linesOf(requestId).map(({ line: text }) => text);

test('a request has the lines with its id, and those of its trace without an id', () => {
  const own = line({ requestId: 'r1', ...trace(TRACE) });
  const ofEvent = line({ requestId: 'unknown', ...trace(TRACE) });
  const withoutId = line(trace(TRACE));
  const ofOthers = [
    line({ requestId: 'r2', ...trace(TRACE) }),
    line({ requestId: 'r2', note: 'r1' }),
    line(trace(TRACE.replace('0', '1'))),
    'r1 is no JSON',
  ];
  expect(texts(logOf([...ofOthers, own, ofEvent, withoutId]), 'r1')).toEqual([own, ofEvent, withoutId]);
});

test('a request without lines has none', () => {
  expect(texts(logOf([line({ requestId: 'r2' })]), 'r1')).toEqual([]);
});

test('the oldest lines are dropped', () => {
  const lines = Array.from({ length: 100 }, (_, number) => line({ requestId: 'r1', number }));
  const kept = texts(logOf(lines, 1_000), 'r1');
  expect(kept).toEqual(lines.slice(-kept.length));
  expect(kept.join('').length).toBeLessThanOrEqual(1_000);
  expect(kept.length).toBeGreaterThan(5);
});
