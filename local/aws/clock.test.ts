import { Clock } from './clock.ts';

const MINUTE = 60_000;

test('what waits for a time happens in order when the clock is set ahead, each at its time', async () => {
  const clock = new Clock(() => 1_000);
  const seen: [string, number][] = [];
  const every = async () => {
    for (;;) {
      await clock.wait(MINUTE);
      seen.push(['minute', clock.now()]);
    }
  };
  void every();
  void clock.wait(2.5 * MINUTE).then(() => seen.push(['once', clock.now()]));
  await clock.advance(3 * MINUTE);
  expect(seen).toEqual([
    ['minute', 61_000],
    ['minute', 121_000],
    ['once', 151_000],
    ['minute', 181_000],
  ]);
  expect(clock.now()).toBe(181_000);
});

test('a wait that is not reached goes on, and ends at its time or by its signal', async () => {
  const clock = new Clock(() => 0);
  const ended: string[] = [];
  const stop = new AbortController();
  void clock.wait(10 * MINUTE).then(() => ended.push('waited'));
  void clock.wait(20 * MINUTE, stop.signal).then(() => ended.push('stopped'));
  await clock.advance(9 * MINUTE);
  expect(ended).toEqual([]);
  stop.abort();
  await clock.wait(MINUTE, stop.signal);
  await clock.advance(MINUTE);
  expect(ended).toEqual(['stopped', 'waited']);
});

test('real time also ends a wait, earlier by as much as the clock was set ahead', async () => {
  const clock = new Clock();
  const before = performance.now();
  const waiting = clock.wait(MINUTE);
  await clock.advance(MINUTE - 20);
  await waiting;
  expect(performance.now() - before).toBeLessThan(MINUTE / 2);
});
