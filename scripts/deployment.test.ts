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
  expect(() => deploymentFrom('homestay', [], 'live')).toThrow('There is no stage "live": choose one of dev, prod.');
});
