import { parseBenchArguments } from './arguments.ts';

const parsed = (text: string) => parseBenchArguments(text.split(' ').filter(Boolean));

test('without arguments, all gateways are compared warm', () => {
  expect(parsed('')).toEqual({
    kind: 'warm',
    json: undefined,
    rounds: 7,
    seconds: 3,
    gateways: ['ours', 'stock', 'hive-rust', 'grafbase', 'floor'],
  });
});

test('the cold benchmark takes runs and a chart file', () => {
  expect(parsed('cold --runs 3 --svg out.svg')).toEqual({ kind: 'cold', json: undefined, runs: 3, svg: 'out.svg' });
});

test('the stream benchmark takes runs', () => {
  expect(parsed('stream --runs 3')).toEqual({ kind: 'stream', json: undefined, runs: 3 });
});

test('the live benchmark takes rounds and subscriptions', () => {
  expect(parsed('live')).toEqual({ kind: 'live', json: undefined, rounds: 5, subscriptions: 10_000 });
  expect(parsed('live --rounds 2 --subscriptions 500')).toMatchObject({ rounds: 2, subscriptions: 500 });
});

test('the floor always runs, as the baseline', () => {
  expect(parsed('--only stock')).toMatchObject({ gateways: ['stock', 'floor'] });
});

test.each([
  ['hot', 'There is no benchmark "hot"'],
  ['warm cold', 'There is no benchmark "warm cold"'],
  ['--runs 3', 'The warm benchmark has no option --runs'],
  ['cold --seconds 1', 'The cold benchmark has no option --seconds'],
  ['stream --svg out.svg', 'The stream benchmark has no option --svg'],
  ['live --runs 3', 'The live benchmark has no option --runs'],
  ['live --subscriptions 75', '--subscriptions must be a multiple of 50, not 75'],
  ['--rounds 0', '--rounds must be a number from 1 to 100, not "0"'],
  ['--rounds 1.5', '--rounds must be a whole number, not "1.5"'],
  ['--seconds ten', '--seconds must be a number from 0.1 to 60, not "ten"'],
  ['--only stock,nginx', '--only takes ours, stock, hive-rust, grafbase, floor, not "nginx"'],
  ['--json missing/out.json', 'there is no folder missing'],
  ['--fast', "Unknown option '--fast'"],
])('"%s" is refused: %s', (text, message) => {
  expect(() => parsed(text)).toThrow(message);
});
