import { deploymentFrom } from './deployment.ts';

test('one service is one stack of its stage', () => {
  expect(deploymentFrom('homestay', ['listings'], 'prod')).toEqual({
    stage: 'prod',
    stacks: ['homestay-prod-listings'],
  });
});

test('no name means all', () => {
  expect(deploymentFrom('homestay', [], 'dev').stacks).toEqual(['--all']);
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
