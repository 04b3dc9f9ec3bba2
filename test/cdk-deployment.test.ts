import { setTimeout as delay } from 'node:timers/promises';
import { canaryStack } from './canary-stack.ts';
import { CdkCli } from './cdk-cli.ts';
import { functionOf } from './deployments.ts';
import { eventually } from './eventually.ts';
import { Library } from './library.ts';
import { ProjectCopy } from './project-copy.ts';

/** Deployments of a running system by the real CDK CLI. */

const BOOKS = 'subgraphs/books/schema.graphql';
const RESOLVERS = 'subgraphs/books/resolvers/index.ts';
/** Of a client between its requests. */
const PAUSE_MS = 30;

let library: Library;
let project: ProjectCopy;
let cdk: CdkCli;
beforeAll(async () => {
  [library, project] = await Promise.all([Library.start(), ProjectCopy.make()]);
  const { url, awsAccess: aws } = library.system.system;
  project.connect({ url, aws, graph: 'library', stage: 'dev' });
  cdk = new CdkCli({ url, aws });
}, 120_000);
afterAll(async () => {
  cdk?.remove();
  await Promise.all([library?.close(), project?.close()]);
});

const deploy = (...args: string[]) =>
  project.tryNpm('run', 'deploy', '--', ...args, '--local', '--port', String(project.port));
const cloudFormationLog = () => library.system.logs.filter((line) => line.startsWith('cloudformation')).join('\n');

/** Sends a query again and again until stopped; returns the answers that are failures. */
function load(query: string): { stop: () => Promise<unknown[]> } {
  let isRunning = true;
  const failures: unknown[] = [];
  const client = async () => {
    while (isRunning) {
      const answer = await library.system.query(query).catch((error: Error) => error);
      if (answer instanceof Error || answer.status !== 200 || answer.errors) failures.push(answer);
      await delay(PAUSE_MS);
    }
  };
  const clients = [client(), client()];
  return {
    stop: async () => {
      isRunning = false;
      await Promise.all(clients);
      return failures;
    },
  };
}

test('a gateway that needs a field which is not deployed: the update fails with the reason, and everything is as before', async () => {
  project.change(BOOKS, '  name: String!\n', '  name: String!\n  "Added by a test."\n  heading: String!\n');
  project.change(RESOLVERS, '  Book: {', '  Genre: { heading: ({ name }) => name.toUpperCase() },\n  Book: {');
  const clients = load('{ genres { id name } }');
  const { code, output } = await deploy('gateway');
  expect(code).not.toBe(0);
  expect(output).toMatch(/This gateway cannot be deployed:[\s\S]*heading/);
  expect(cloudFormationLog()).toMatch(/UPDATE_ROLLBACK_COMPLETE AWS::CloudFormation::Stack +library-dev-gateway/);
  expect((await library.system.query('{ genres { heading } }')).status).toBe(400);
  expect(await clients.stop()).toEqual([]);
}, 120_000);

test('the service, then the gateway: clients see the new field, no other stack changes, no request fails', async () => {
  const clients = load('{ genres { id name } }');
  const { code, output } = await deploy('books', 'gateway');
  expect(output).toMatch(/✅ {2}library-dev-books[\s\S]*✅ {2}library-dev-gateway/);
  expect(code).toBe(0);
  const { genres } = await library.system.ask('{ genres { heading } }');
  expect(genres).toContainEqual({ heading: 'NOVELS' });
  expect(await clients.stop()).toEqual([]);
  expect([...new Set(cloudFormationLog().match(/library-dev-[a-z]+/g))].sort()).toEqual([
    'library-dev-books',
    'library-dev-gateway',
  ]);
}, 120_000);

/** A stack with a custom resource, whose function answers or stays silent. */
const stack = (how: 'answer' | 'other' | 'silent') =>
  cdk.assembly('slow', {
    Resources: {
      ...functionOf('slow-maker', 'custom-resource.handler'),
      Thing: {
        Type: 'Custom::Thing',
        Properties: { ServiceToken: { 'Fn::GetAtt': ['slow-maker', 'Arn'] }, how, ServiceTimeout: 600 },
      },
    },
  });
const cdkDeploy = (how: Parameters<typeof stack>[0]) => [
  'deploy',
  'slow',
  '--app',
  stack(how),
  '--require-approval',
  'never',
];
const timesLogged = (text: string) => cloudFormationLog().split(text).length - 1;

/** Responds for the silent function, so that its resource fails. */
async function answerFailed(): Promise<void> {
  const [, url = ''] = /silent to (http:[^"]+)/.exec(library.system.logs.join('\n')) ?? [];
  const body = JSON.stringify({ Status: 'FAILED', Reason: 'It was silent.', PhysicalResourceId: 'made' });
  expect((await fetch(url, { method: 'PUT', body })).status).toBe(200);
}

test('a deployment goes on when its CLI is stopped; a second one is refused meanwhile; afterwards all is clear', async () => {
  expect((await cdk.run(...cdkDeploy('answer'))).output).toContain('✅  slow');
  const before = timesLogged('UPDATE_ROLLBACK_COMPLETE AWS');
  const first = cdk.start(...cdkDeploy('silent'));
  await eventually(async () => expect(library.system.logs.join('\n')).toContain('silent to http'));
  const second = await cdk.run(...cdkDeploy('other'));
  expect(second.code).not.toBe(0);
  expect(second.output).toMatch(/is in UPDATE_\w*IN_PROGRESS state and can not be updated/);
  process.kill(-(first.process.pid ?? 0), 'SIGINT');
  expect((await first.ended).code).not.toBe(0);
  await answerFailed();
  await eventually(async () => expect(timesLogged('UPDATE_ROLLBACK_COMPLETE AWS')).toBe(1 + before));
  expect((await cdk.run('diff', 'slow', '--app', stack('answer'))).output).toContain('There were no differences');
  expect((await cdk.run('diff', 'slow', '--app', stack('silent'))).output).toMatch(/-\] answer[\s\S]*\+\] silent/);
}, 120_000);

test('a destroyed stack is gone, and what it made', async () => {
  const { code } = await cdk.run('destroy', 'slow', '--force', '--app', stack('answer'));
  expect(code).toBe(0);
  expect(library.system.system.lambda.has('slow-maker')).toBe(false);
  expect(cloudFormationLog()).toMatch(/DELETE_COMPLETE +AWS::CloudFormation::Stack +slow/);
}, 60_000);

test('a canary whose alarm fires: the alias goes back, and the CLI fails with the reason', async () => {
  const args = (colour: string) => {
    const app = cdk.assembly('shop', canaryStack(colour));
    return ['deploy', 'shop', '--app', app, '--require-approval', 'never'];
  };
  expect((await cdk.run(...args('blue'))).code).toBe(0);
  const { lambda, operations } = library.system.system;
  const live = () => lambda.versionsOf('worker').aliases.get('live');
  const before = live();
  const { ended } = cdk.start(...args('red'));
  await eventually(async () => expect(live()?.second?.weight).toBe(0.1));
  operations.alarms.setState('worker-errors', { state: 'ALARM', reason: 'One call in five failed.' });
  const { code, output } = await ended;
  expect(code).not.toBe(0);
  expect(output).toContain('One call in five failed.');
  expect(live()).toEqual(before);
}, 60_000);

test('two indexes at once: refused before anything is built, with what to do', async () => {
  project.change(
    'subgraphs/members/subgraph.config.ts',
    "partitionKey: 'id',",
    "partitionKey: 'id', indexes: [{ name: 'a', partitionKey: 'a' }, { name: 'b', partitionKey: 'b' }],",
  );
  const { code, output } = await deploy('members');
  expect(code).toBe(1);
  expect(output).toContain(
    'AWS would refuse this deployment:\n- members: one update creates a, creates b, but DynamoDB',
  );
  expect(output).toContain('Deploy them one after the other.');
}, 60_000);

test('without a running system, --local tells how to start one', async () => {
  const { code, output } = await project.tryNpm('run', 'aws', '--', '--port', '1', 'lambda', 'list-functions');
  expect(code).toBe(1);
  expect(output).toContain('No system is running at port 1: start it with "npm start"');
}, 60_000);
