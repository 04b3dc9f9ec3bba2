import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { Trace } from '@apollo/usage-reporting-protobuf';
import { Engine } from '../../gateway/engine/engine.ts';
import { compose, service } from './gateway.ts';

const users = service('users', 'type Query { me: User } type User @key(fields: "id") { id: ID! }');
const posts = service('posts', 'type User @key(fields: "id") { id: ID! posts: Int }');

describe('federated traces', () => {
  test('are asked for and told to usage reporting, one for each fetch of the plan', async () => {
    const asked: boolean[] = [];
    const reported: unknown[] = [];
    const captures: ApolloServerPlugin = {
      requestDidStart: async ({ metrics }) => {
        metrics.captureTraces = true;
        metrics.startHrTime = process.hrtime();
        return { willSendResponse: async () => void reported.push(metrics.queryPlanTrace, metrics.nonFtv1ErrorPaths) };
      },
    };
    const ftv1 = Buffer.from(
      Trace.encode({ durationNs: 5, root: { child: [{ responseName: 'me' }] } }).finish(),
    ).toString('base64');
    const engine = new Engine({
      supergraphSdl: compose([users, posts]),
      showPlans: false,
      subgraph: (name) => async (_operation, _variables, _context, wantsTrace) => {
        asked.push(wantsTrace);
        if (name === 'users') return { data: { me: { __typename: 'User', id: '1' } }, extensions: { ftv1 } };
        return { data: { _entities: [null] }, errors: [{ message: 'no', path: ['_entities', 0] }] };
      },
    });
    const server = new ApolloServer({ gateway: engine, plugins: [captures] });
    await server.start();
    await server.executeOperation({ query: '{ me { posts } }' });
    await server.stop();

    expect(asked).toEqual([true, true]);
    const [plan, withoutTrace] = reported;
    const { sequence } = Trace.QueryPlanNode.toObject(
      Trace.QueryPlanNode.decode(Trace.QueryPlanNode.encode(plan as Trace.QueryPlanNode).finish()),
    );
    expect(sequence.nodes).toMatchObject([
      { parallel: { nodes: [{ fetch: { serviceName: 'users', trace: { durationNs: 5 } } }] } },
      {
        parallel: {
          nodes: [{ flatten: { responsePath: [{ fieldName: 'me' }], node: { fetch: { serviceName: 'posts' } } } }],
        },
      },
    ]);
    expect(withoutTrace).toEqual([{ subgraph: 'posts', path: ['_entities', 0] }]);
  });
});
