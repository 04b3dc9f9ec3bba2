import { eventually } from '../../../test/eventually.ts';
import { TestLambda } from '../../../test/lambda.ts';
import type { FunctionCall } from './lambda-service.ts';

const calls: FunctionCall[] = [];
let lambda: TestLambda;
beforeEach(() => {
  calls.length = 0;
  lambda = new TestLambda({ onCall: (call) => calls.push(call) });
});
afterEach(() => lambda.service.close());

const live = async (name: string, event: object = {}) => lambda.call(name, event, 'live');

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Adds a function whose alias is on version 1, and publishes version 2; returns its name. */
function withTwoVersions(handler = 'behaviour.describe'): string {
  const name = lambda.put(handler, { environment: { RELEASE: 'old' } });
  expect(lambda.publish(name, handler, { environment: { RELEASE: 'new' } })).toBe('2');
  return name;
}

test('a version keeps its code and configuration; the alias stays on its version until it is moved', async () => {
  const name = withTwoVersions();
  const { answer, executedVersion, log } = await live(name);
  expect(answer).toMatchObject({
    functionVersion: '1',
    variables: { RELEASE: 'old', AWS_LAMBDA_FUNCTION_VERSION: '1' },
  });
  expect(answer.invokedFunctionArn).toMatch(/:live$/);
  expect(executedVersion).toBe('1');
  expect(log[0]).toMatch(/Version: 1$/);
  lambda.service.setAlias(name, 'live', { version: '2' });
  expect((await live(name)).answer).toMatchObject({ functionVersion: '2', variables: { RELEASE: 'new' } });
  expect((await lambda.call(name, {}, '1')).answer.variables.RELEASE).toBe('old');
  expect((await lambda.call(name)).answer.functionVersion).toBe('$LATEST');
});

test('publishing again without a change returns the same version', () => {
  const name = withTwoVersions();
  expect(lambda.service.publish(name)).toBe('2');
  expect(lambda.publish(name, 'behaviour.echo')).toBe('3');
});

test('an alias with two versions sends each its share', async () => {
  lambda = new TestLambda({ waitTimeout: 60_000, onCall: (call) => calls.push(call) });
  const name = withTwoVersions('behaviour.echo');
  lambda.service.setAlias(name, 'live', { version: '1', second: { version: '2', weight: 0.1 } });
  for (let i = 0; i < 40; i++) await Promise.all(Array.from({ length: 10 }, () => live(name)));
  const ofSecond = calls.filter(({ version }) => version === '2').length;
  // 40 of 400 are expected, with a standard deviation of 6.
  expect(ofSecond).toBeGreaterThan(10);
  expect(ofSecond).toBeLessThan(80);
  expect(calls.every(({ version }) => ['1', '2'].includes(version))).toBe(true);
}, 60_000);

test.each([
  { random: 0.09, version: '2' },
  { random: 0.11, version: '1' },
])('a random number of $random selects version $version for a weight of 0.1', async ({ random, version }) => {
  lambda = new TestLambda({ random: () => random });
  const name = withTwoVersions();
  lambda.service.setAlias(name, 'live', { version: '1', second: { version: '2', weight: 0.1 } });
  expect((await live(name)).executedVersion).toBe(version);
});

test('a call that waits for an environment keeps its version', async () => {
  const numbers = [0.05];
  lambda = new TestLambda({ maxConcurrency: 1, waitTimeout: 20_000, random: () => numbers.shift() ?? 0.5 });
  const name = withTwoVersions('behaviour.count');
  lambda.service.setAlias(name, 'live', { version: '1', second: { version: '2', weight: 0.1 } });
  numbers.unshift(0.5);
  const calls = [live(name, { wait: 100 }), live(name), live(name)];
  expect((await Promise.all(calls)).map(({ executedVersion }) => executedVersion)).toEqual(['1', '2', '1']);
});

test('running invocations finish on the old version after the alias has moved, then its processes end', async () => {
  const name = withTwoVersions('behaviour.count');
  const { pid } = (await live(name)).answer;
  const running = live(name, { wait: 300 });
  lambda.service.setAlias(name, 'live', { version: '2' });
  const next = await live(name);
  expect(next).toMatchObject({ executedVersion: '2', answer: { calls: 1 } });
  expect(await running).toMatchObject({ executedVersion: '1', answer: { pid, calls: 2 } });
  await eventually(async () => expect(isRunning(pid)).toBe(false));
  expect(isRunning(next.answer.pid)).toBe(true);
});

test('versions share the concurrency of their function; an idle process of another version makes place', async () => {
  const name = lambda.put('behaviour.count', { reservedConcurrency: 1 });
  lambda.publish(name, 'behaviour.count', { reservedConcurrency: 1, environment: { RELEASE: 'new' } });
  const { pid } = (await lambda.call(name, {}, '1')).answer;
  const second = lambda.call(name, { wait: 300 }, '2');
  await expect(lambda.call(name, {}, '1')).rejects.toMatchObject({ status: 429 });
  expect((await second).executedVersion).toBe('2');
  await eventually(async () => expect(isRunning(pid)).toBe(false));
  expect(calls.map(({ qualifier, outcome }) => [qualifier, outcome])).toEqual([
    ['1', 'success'],
    ['1', 'throttle'],
    ['2', 'success'],
  ]);
});

test('replacing a function moves its alias at once and deletes the version before', async () => {
  const name = lambda.put('behaviour.describe');
  expect((await live(name)).executedVersion).toBe('1');
  lambda.put('behaviour.echo', { name });
  expect(await live(name, { a: 1 })).toMatchObject({ executedVersion: '2', answer: { a: 1 } });
  expect(lambda.service.versionsOf(name).published.map(({ version }) => version)).toEqual(['2']);
  await expect(lambda.call(name, {}, '1')).rejects.toMatchObject({ status: 404 });
});

test('a deleted alias cannot be invoked any more, and the processes of its version end', async () => {
  const name = withTwoVersions('behaviour.count');
  const { pid } = (await live(name)).answer;
  lambda.service.deleteAlias(name, 'live');
  await expect(live(name)).rejects.toMatchObject({ status: 404 });
  await eventually(async () => expect(isRunning(pid)).toBe(false));
});

test('a version that an alias uses cannot be deleted, and an alias cannot use a version that does not exist', () => {
  const name = withTwoVersions();
  expect(() => lambda.service.deleteVersion(name, '1')).toThrow('An alias of');
  lambda.service.setAlias(name, 'live', { version: '2' });
  lambda.service.deleteVersion(name, '1');
  expect(() => lambda.service.setAlias(name, 'live', { version: '1' })).toThrow('Function not found');
});
