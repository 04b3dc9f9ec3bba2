import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { App, Stack } from 'aws-cdk-lib';
import { cdkContext, LIBRARY } from '../../../build/discover.ts';
import { ServiceFunction } from '../../../infra/constructs/service-function.ts';
import { settingsFor } from '../../../infra/settings.ts';
import { OperationsStack } from '../../../infra/stacks/operations-stack.ts';
import { TestLambda } from '../../../test/lambda.ts';
import type { SystemModel } from '../../assembly/model.ts';
import { readSystemModel } from '../../assembly/read-system-model.ts';
import { Clock } from '../clock.ts';
import { Monitoring } from '../monitoring.ts';
import { QueueStore } from '../sqs/queue-store.ts';

const MINUTE = 60_000;
const outdir = mkdtempSync(join(tmpdir(), 'canary-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** Synthesizes a service of a stage with its alarms and deployment group, as infra/ declares them. */
function synthesized(stage: 'dev' | 'prod'): SystemModel {
  const settings = settingsFor('library', stage);
  const app = new App({
    outdir: join(outdir, stage),
    context: cdkContext(LIBRARY),
    // The tests of infra/ have it.
    builtinCloudFormationValidation: false,
  });
  // In stacks of their own, with the same logical ids.
  for (const service of ['loans', 'books']) {
    const stack = new Stack(app, `library-${stage}-${service}`);
    new ServiceFunction(stack, 'Service', { settings, service, memory: 256, timeout: 5 });
  }
  new OperationsStack(app, { settings, services: ['books'] });
  app.synth();
  return readSystemModel(join(outdir, stage));
}

const models = { dev: synthesized('dev'), prod: synthesized('prod') };

/** A running function of a stage, on version 1, with a clock that only tests move. */
class Rehearsal {
  readonly notices: string[] = [];
  readonly lambda: TestLambda;
  readonly monitoring: Monitoring;
  readonly name: string;
  readonly clock = new Clock(() => Date.UTC(2030, 0, 1));
  #random = 0;

  constructor(stage: 'dev' | 'prod') {
    this.lambda = new TestLambda({
      waitTimeout: 60_000,
      // Each tenth call in turn is below 0.1.
      random: () => (this.#random++ % 10) / 10 + 0.05,
      onCall: (call) => this.monitoring.countCall(call),
      onReplaced: (name, version) => this.monitoring.alarms.watchVersion(name, version),
    });
    this.monitoring = new Monitoring({
      clock: this.clock,
      lambda: this.lambda.service,
      queues: new QueueStore(new DatabaseSync(':memory:')),
      model: () => models[stage],
      onNotice: (line) => this.notices.push(line),
    });
    this.monitoring.reload();
    this.monitoring.start();
    this.name = this.lambda.put('behaviour.nothing', { name: `library-${stage}-books` });
  }

  get live() {
    return { functionName: this.name, alias: 'live' };
  }

  get route() {
    return this.lambda.service.versionsOf(this.name).aliases.get('live');
  }

  /** Publishes a version and applies the stack, as a deployment does before it moves the alias. */
  publish(handler: string): string {
    const version = this.lambda.publish(this.name, handler);
    this.monitoring.reload();
    return version;
  }

  /** Calls the alias, ten at a time; returns the number of failures. */
  async call(times: number): Promise<number> {
    let failures = 0;
    for (let left = times; left > 0; left -= 10) {
      const results = await Promise.all(Array.from({ length: 10 }, () => this.lambda.call(this.name, {}, 'live')));
      failures += results.filter(({ functionError }) => functionError).length;
    }
    return failures;
  }

  async close(): Promise<void> {
    this.monitoring.close();
    await this.lambda.service.close();
  }
}

let rehearsal: Rehearsal;
const begin = (stage: 'dev' | 'prod') => {
  rehearsal = new Rehearsal(stage);
  return rehearsal;
};
afterEach(() => rehearsal.close());

test('a good version gets a tenth of the calls, and all of them after five minutes', async () => {
  const { monitoring, clock, notices, live, name } = begin('prod');
  rehearsal.publish('behaviour.echo');
  const outcome = monitoring.deploy(live, '1', '2');
  expect(rehearsal.route).toEqual({ version: '1', second: { version: '2', weight: 0.1 } });
  expect(await rehearsal.call(600)).toBe(0);
  await clock.advance(5 * MINUTE - 1);
  expect(rehearsal.route?.version).toBe('1');
  await clock.advance(1);
  expect(await outcome).toMatchObject({ status: 'Succeeded' });
  expect(rehearsal.route).toEqual({ version: '2' });
  expect(notices).toEqual([
    `Deployment of ${name}:live, version 1 → 2: 10 % of the calls, for 5 min`,
    `Deployment of ${name}:live, version 1 → 2: done, all calls`,
  ]);
}, 60_000);

test("a version that fails one call in five is rolled back, and clients see at most the canary's share of failures", async () => {
  const { monitoring, clock, notices, live, name } = begin('prod');
  rehearsal.publish('behaviour.failsOneInFive');
  const outcome = monitoring.deploy(live, '1', '2');
  const failures = await rehearsal.call(600);
  expect(failures).toBeGreaterThan(0);
  expect(failures).toBeLessThanOrEqual(60 / 5);
  await clock.advance(MINUTE);
  expect(await outcome).toMatchObject({
    status: 'Stopped',
    isRolledBack: true,
    reason: expect.stringContaining(`The alarm ${name}-version-errors is in the state ALARM. Threshold Crossed`),
  });
  expect(rehearsal.route).toEqual({ version: '1' });
  expect(await rehearsal.call(100)).toBe(0);
  expect(notices.join('\n')).toContain(`Alarm ${name}-version-errors: The new version has a high failure rate`);
  expect(notices.at(-1)).toContain('rolled back to version 1. The alarm');
  expect(notices.join('\n')).not.toContain('could not notify');
}, 60_000);

test('with fewer than fifty calls of the new version, failures notify but do not roll back', async () => {
  const { monitoring, clock, notices, live, name } = begin('prod');
  rehearsal.publish('behaviour.fail');
  const outcome = monitoring.deploy(live, '1', '2');
  expect(await rehearsal.call(100)).toBe(10);
  await clock.advance(5 * MINUTE);
  expect(await outcome).toMatchObject({ status: 'Succeeded' });
  expect(notices.some((line) => line.startsWith(`Alarm ${name}-errors: Calls failed`))).toBe(true);
}, 60_000);

test('an alarm that fires before the start stops a deployment before any call', async () => {
  const { monitoring, live, name } = begin('prod');
  rehearsal.publish('behaviour.echo');
  monitoring.alarms.setState(`${name}-version-latency`, { state: 'ALARM', reason: 'rehearsed' });
  expect(await monitoring.deploy(live, '1', '2')).toMatchObject({
    status: 'Stopped',
    reason: `The alarm ${name}-version-latency is in the state ALARM. rehearsed`,
  });
  expect(rehearsal.route).toEqual({ version: '1' });
});

test('a stopped deployment is rolled back; meanwhile, another one of the same alias is refused', async () => {
  const { monitoring, live } = begin('prod');
  rehearsal.publish('behaviour.echo');
  const { id, ended } = monitoring.deployments.begin(live, '1', '2');
  await expect(monitoring.deploy(live, '1', '2')).rejects.toThrow(`The deployment ${id} of`);
  expect(monitoring.deployments.stop(id)).toBe(true);
  expect(await ended).toMatchObject({ status: 'Stopped', isRolledBack: true, reason: 'It was stopped on request.' });
  expect(rehearsal.route).toEqual({ version: '1' });
  expect(monitoring.deployments.stop(id)).toBe(false);
});

test('a function that is replaced during its deployment keeps the replacement', async () => {
  const { monitoring, clock, lambda, live, name } = begin('prod');
  rehearsal.publish('behaviour.fail');
  const outcome = monitoring.deploy(live, '1', '2');
  lambda.put('behaviour.nothing', { name });
  await clock.advance(5 * MINUTE);
  expect(await outcome).toMatchObject({
    status: 'Failed',
    isRolledBack: false,
    reason: expect.stringContaining('something else has changed it'),
  });
  expect(rehearsal.route).toEqual({ version: '3' });
});

test('a version that does not exist fails the deployment and leaves the alias as it was', async () => {
  const { monitoring, live } = begin('prod');
  expect(await monitoring.deploy(live, '1', '7')).toMatchObject({
    status: 'Failed',
    reason: expect.stringContaining('Function not found'),
  });
  expect(rehearsal.route).toEqual({ version: '1' });
});

test('in dev, a version gets all calls at once', async () => {
  const { monitoring, live } = begin('dev');
  rehearsal.publish('behaviour.echo');
  const outcome = monitoring.deploy(live, '1', '2');
  expect(rehearsal.route).toEqual({ version: '2' });
  expect(await outcome).toMatchObject({ status: 'Succeeded' });
});
