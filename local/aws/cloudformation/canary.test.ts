import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { canaryStack as shop } from '../../../test/canary-stack.ts';
import { Deployments } from '../../../test/deployments.ts';
import { eventually } from '../../../test/eventually.ts';

/** A deployment whose alias CodeDeploy moves: a tenth of the traffic for five minutes first. */

const MINUTE = 60_000;

let aws: Deployments;
beforeAll(async () => {
  aws = await Deployments.start();
  expect(await aws.deploy('shop', shop('one'))).toBe('CREATE_COMPLETE');
});
afterAll(() => aws?.remove());

/** Returns the colour that a call of the alias or version gets. */
async function colour(Qualifier = 'live'): Promise<string> {
  const { Payload } = await new LambdaClient(aws.system.awsAccess).send(
    new InvokeCommand({ FunctionName: 'worker', Qualifier }),
  );
  return JSON.parse(Buffer.from(Payload ?? []).toString()).variables.COLOUR;
}

const live = () => aws.system.lambda.versionsOf('worker').aliases.get('live');
const untilCanary = () => eventually(async () => expect(live()?.second?.weight).toBe(0.1));

test('the new version gets a tenth of the calls, then all of them; the version before is deleted last', async () => {
  const before = live()?.version ?? '';
  await aws.begin('shop', shop('two'));
  await untilCanary();
  expect(await colour(before)).toBe('one');
  expect(await colour('$LATEST')).toBe('two');
  expect(await aws.status('shop')).toBe('UPDATE_IN_PROGRESS');
  await aws.system.monitoring.clock.advance(5 * MINUTE);
  expect(await aws.settled('shop')).toBe('UPDATE_COMPLETE');
  expect(await colour()).toBe('two');
  await expect(colour(before)).rejects.toThrow('Function not found');
});

test('an alarm ends the deployment, and the update is rolled back with its reason', async () => {
  const before = live()?.version;
  await aws.begin('shop', shop('three'));
  await untilCanary();
  aws.system.monitoring.alarms.setState('worker-errors', { state: 'ALARM', reason: 'Too many errors.' });
  expect(await aws.settled('shop')).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await aws.failure('shop')).toContain('The alarm worker-errors is in the state ALARM. Too many errors.');
  expect(live()).toEqual({ version: before });
  expect([await colour(), await colour('$LATEST')]).toEqual(['two', 'two']);
});

test('versions go on after a restart', async () => {
  const before = live()?.version;
  await aws.stop();
  await aws.start();
  expect(live()).toEqual({ version: before });
  expect(await colour()).toBe('two');
  await aws.begin('shop', shop('four'));
  await untilCanary();
  await aws.system.monitoring.clock.advance(5 * MINUTE);
  expect(await aws.settled('shop')).toBe('UPDATE_COMPLETE');
  expect(Number(live()?.version)).toBeGreaterThan(Number(before));
  expect(await colour()).toBe('four');
});
