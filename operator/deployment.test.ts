import { App, Stack } from 'aws-cdk-lib';
import { cdkContext, LIBRARY } from '../build/discover.ts';
import { graphApp } from '../infra/graph-app.ts';
import { deploymentFrom } from './deployment.ts';

const deployment = (services: string[], stage: string) => deploymentFrom(services, stage, LIBRARY);

test('a service maps to its stack in the stage', () => {
  expect(deployment(['books'], 'prod')).toEqual({ stage: 'prod', rounds: [['library-prod-books']] });
});

test('the gateway is deployed after the other services', () => {
  expect(deployment(['gateway', 'books'], 'dev').rounds).toEqual([['library-dev-books'], ['library-dev-gateway']]);
});

test('without names, all stacks are deployed', async () => {
  const app = await graphApp(new App({ context: cdkContext(LIBRARY) }));
  const stacks = app.node.children.filter((child) => Stack.isStack(child)).map(({ stackName }) => stackName);
  const { rounds } = deployment([], 'dev');
  expect(rounds.flat().sort()).toEqual(stacks.sort());
  expect(rounds.at(-1)).toEqual([expect.stringMatching(/-gateway$/)]);
});

test('rejects an unknown service or stage, naming the known ones', () => {
  expect(() => deployment(['boosk'], 'dev')).toThrow(/no service "boosk": choose from .*books/);
  expect(() => deployment([], 'live')).toThrow('There is no stage "live": choose one of dev, prod');
});

test('the firewall is deployed before its gateway', () => {
  const firewall = { stack: 'library-prod-firewall', before: 'library-prod-gateway' };
  expect(deployment(['gateway'], 'prod').firewall).toEqual(firewall);
  expect(deployment([], 'prod').firewall).toEqual(firewall);
  expect(deployment(['gateway'], 'dev').firewall).toBeUndefined();
});
