import { Library, PREFIX } from './library.ts';
import type { Answer, TestSystem } from './system.ts';

/** Deployment of a service by canary, as the clients of the gateway see it; test/cdk-deployment.test.ts has one that goes back. */

const NAME = `${PREFIX}books`;
const LIVE = { functionName: NAME, alias: 'live' };
const CLIENTS = 8;
/** Enough that the new version gets fifty of them, which its alarm needs. */
const REQUESTS = 1_000;

let library: Library;
let system: TestSystem;
beforeAll(async () => {
  library = await Library.start();
  ({ system } = library);
  // As in prod.
  for (const group of system.system.model.deploymentGroups)
    group.configName = 'CodeDeployDefault.LambdaCanary10Percent5Minutes';
}, 120_000);
afterAll(() => library.close());

/** Publishes the service and starts to deploy it. */
function deploy() {
  const { model, lambda, monitoring } = system.system;
  const definition = model.functions.find(({ name }) => name === NAME);
  if (!definition) throw new Error(`There is no function ${NAME}`);
  lambda.update({ ...definition, timeout: definition.timeout + 1_000 });
  const version = lambda.publish(NAME);
  monitoring.alarms.watchVersion(NAME, version);
  return { version, outcome: monitoring.deployments.shift(LIVE, liveVersion() ?? '', version) };
}

const liveVersion = () => system.system.lambda.versionsOf(NAME).aliases.get('live')?.version;

/** Sends requests of several clients; returns those that failed. */
async function load(): Promise<Answer[]> {
  const failed: Answer[] = [];
  let left = REQUESTS;
  const client = async () => {
    while (left-- > 0) {
      const answer = await system.query('{ genres { id } }');
      if (answer.errors || answer.status !== 200) failed.push(answer);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return failed;
}

test('a good release takes over without a failed request', async () => {
  const { monitoring } = system.system;
  const { version, outcome } = deploy();
  expect(await load()).toEqual([]);
  const during = load();
  await monitoring.clock.advance(300_000);
  expect(await outcome).toMatchObject({ status: 'Succeeded' });
  expect(await during).toEqual([]);
  expect(liveVersion()).toBe(version);
}, 120_000);
