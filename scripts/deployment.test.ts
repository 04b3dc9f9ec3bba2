import { App, Stack } from 'aws-cdk-lib';
import cdk from '../cdk.json' with { type: 'json' };
import { graphApp } from '../infra/graph-app.ts';
import { deploymentFrom } from './deployment.ts';

test('one service is one stack of its stage', () => {
  expect(deploymentFrom('homestay', ['listings'], 'prod')).toEqual({
    stage: 'prod',
    rounds: [['homestay-prod-listings']],
  });
});

test('the gateway comes when the others are there', () => {
  const { rounds } = deploymentFrom('homestay', ['gateway', 'listings'], 'dev');
  expect(rounds).toEqual([['homestay-dev-listings'], ['homestay-dev-gateway']]);
});

test('no name means every stack that there is', async () => {
  const app = await graphApp(new App({ context: cdk.context }));
  const stacks = app.node.children.filter((child) => Stack.isStack(child)).map(({ stackName }) => stackName);
  const { rounds } = deploymentFrom(cdk.context.graph, [], 'dev');
  expect(rounds.flat().sort()).toEqual(stacks.sort());
  expect(rounds.at(-1)).toEqual([expect.stringMatching(/-gateway$/)]);
});

test('an unknown service or stage is refused with what there is', () => {
  expect(() => deploymentFrom('homestay', ['lisitngs'], 'dev')).toThrow(/no service "lisitngs": choose of .*listings/);
  expect(() => deploymentFrom('homestay', [], 'live')).toThrow('There is no stage "live": choose one of dev, prod');
});

test('before a gateway with a firewall goes the firewall', () => {
  const firewall = { stack: 'homestay-prod-firewall', before: 'homestay-prod-gateway' };
  expect(deploymentFrom('homestay', ['gateway'], 'prod').firewall).toEqual(firewall);
  expect(deploymentFrom('homestay', [], 'prod').firewall).toEqual(firewall);
  expect(deploymentFrom('homestay', ['gateway'], 'dev').firewall).toBeUndefined();
});
