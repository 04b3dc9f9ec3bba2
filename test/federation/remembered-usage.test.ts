import { parse } from 'graphql';
import { CachingPlanner } from '../../gateway/operations/caching-planner.ts';
import { programRunner } from '../../gateway/operations/run-program.ts';
import { requestWith } from '../gateway-request.ts';
import { compose, service } from './gateway.ts';

const greeter = service('greeter', 'type Query { hello: String }');

test('an operation that runs many times stays in the cache, with its key for usage reports', async () => {
  const send = async () => ({ data: { hello: 'hello' } });
  const planner = new CachingPlanner({
    supergraphSdl: compose([greeter]),
    introspection: true,
    run: programRunner({ send: () => send }),
  });
  // A few of these would fill the cache if each run were counted again.
  const query = `query ${'LongName'.repeat(10_000)} { hello }`;
  const key = { id: 'x', operationName: undefined };
  for (let run = 0; run < 200; run++) {
    const operation = planner.cached(key) ?? planner.add(key, query, parse(query));
    expect(await operation.run(requestWith(), '')).toMatchObject({ data: { hello: 'hello' } });
    expect(operation.usage()).toEqual({ key: expect.stringContaining('LongName') });
    expect(planner.cached(key)).toBeDefined();
  }
});
