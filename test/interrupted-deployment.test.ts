import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CdkCli } from './cdk-cli.ts';
import { Deployments, functionOf, tableOf } from './deployments.ts';
import { eventually } from './eventually.ts';

/** What remains of a deployment whose CDK CLI ends in the middle. */

/** Long, for a busy machine. */
const TIME_MS = 300_000;

let aws: Deployments;
let cdk: CdkCli;
beforeAll(async () => {
  aws = await Deployments.start();
  cdk = new CdkCli({ url: aws.system.url, aws: aws.system.awsAccess });
}, TIME_MS);
afterAll(async () => {
  cdk?.remove();
  await aws?.remove();
}, TIME_MS);

/** A stack with data and a custom resource, whose function answers or stays silent. */
const app = (how: 'answer' | 'other' | 'silent') =>
  cdk.assembly('slow', {
    Resources: {
      Table: tableOf('slow-data'),
      ...functionOf('slow-maker', 'custom-resource.handler'),
      Thing: {
        Type: 'Custom::Thing',
        DependsOn: 'Table',
        Properties: { ServiceToken: { 'Fn::GetAtt': ['slow-maker', 'Arn'] }, how, ServiceTimeout: 600 },
      },
    },
  });
const deploy = (how: Parameters<typeof app>[0]) => ['deploy', 'slow', '--app', app(how), '--require-approval', 'never'];

/** Addresses to which the silent function should have responded. */
const silences = () => [...aws.logs.join('\n').matchAll(/silent to (http:[^"\s]+)/g)].map(([, url = '']) => url);

/** Starts a deployment that waits for its custom resource; returns its CLI. */
async function startToWait() {
  const before = silences().length;
  const cli = cdk.start(...deploy('silent'));
  await eventually(async () => expect(silences()).toHaveLength(before + 1));
  return cli;
}

/** Ends the CLI with all of its processes. */
async function end(
  { process: { pid = 0 }, ended }: ReturnType<CdkCli['start']>,
  signal: NodeJS.Signals,
): Promise<void> {
  process.kill(-pid, signal);
  expect((await ended).code).not.toBe(0);
}

/** Responds for the silent function, so that its resource fails. */
async function answerFailed(): Promise<void> {
  const body = JSON.stringify({ Status: 'FAILED', Reason: 'It was silent.', PhysicalResourceId: 'made' });
  expect((await fetch(silences().at(-1) ?? '', { method: 'PUT', body })).status).toBe(200);
}

const Item = { id: { S: 'kept' } };
const readItem = async () => {
  const { Item: found } = await new DynamoDBClient(aws.system.awsAccess).send(
    new GetItemCommand({ TableName: 'slow-data', Key: Item }),
  );
  return found;
};

test(
  'a deployment goes on without its CLI; meanwhile a second one is refused; rolled back twice, the next one works',
  async () => {
    expect((await cdk.run(...deploy('answer'))).output).toContain('✅  slow');
    await new DynamoDBClient(aws.system.awsAccess).send(new PutItemCommand({ TableName: 'slow-data', Item }));

    const first = await startToWait();
    const second = await cdk.run(...deploy('other'));
    expect(second.code).not.toBe(0);
    expect(second.output).toMatch(/is in UPDATE_\w*IN_PROGRESS state and can not be updated/);
    await end(first, 'SIGINT');
    await answerFailed();
    expect(await aws.settled('slow')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await aws.failure('slow')).toContain('It was silent.');

    const killed = await startToWait();
    await end(killed, 'SIGKILL');
    expect(await aws.status('slow')).toBe('UPDATE_IN_PROGRESS');
    await answerFailed();
    expect(await aws.settled('slow')).toBe('UPDATE_ROLLBACK_COMPLETE');

    const diff = (how: Parameters<typeof app>[0]) => cdk.run('diff', 'slow', '--app', app(how));
    expect((await diff('answer')).output).toContain('There were no differences');
    expect((await cdk.run(...deploy('other'))).output).toContain('✅  slow');
    expect(await aws.status('slow')).toBe('UPDATE_COMPLETE');
    expect((await diff('answer')).output).toMatch(/-\] other[\s\S]*\+\] answer/);
    expect(await readItem()).toEqual(Item);
  },
  TIME_MS,
);

test(
  'a destroyed stack is gone, and what it made',
  async () => {
    await aws.deploy('short', { Resources: functionOf('short-lived', 'behaviour.echo') });
    expect(aws.system.lambda.has('short-lived')).toBe(true);
    const assembly = cdk.assembly('short', { Resources: functionOf('short-lived', 'behaviour.echo') });
    expect((await cdk.run('destroy', 'short', '--force', '--app', assembly)).code).toBe(0);
    expect(aws.system.lambda.has('short-lived')).toBe(false);
    expect(await aws.status('short')).toBeUndefined();
  },
  TIME_MS,
);
