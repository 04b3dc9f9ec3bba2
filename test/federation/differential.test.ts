import fc from 'fast-check';
import { buildSchema, type GraphQLSchema, graphql, printSchema } from 'graphql';
import { readSupergraph } from '../../gateway/engine/plan/supergraph.ts';
import { compose, gateway, type TestGateway } from './gateway.ts';
import { library, services } from './library.ts';
import { type Operation, operations } from './operations.ts';

const supergraphSdl = compose(services);
const api = readSupergraph(supergraphSdl).schema;
const oneSchema: GraphQLSchema = buildSchema(printSchema(api));

let ours: TestGateway;
beforeAll(async () => {
  ours = await gateway(services, { supergraphSdl });
});

async function expected({ query, variables }: Operation) {
  const { data, errors } = await graphql({
    schema: oneSchema,
    source: query,
    rootValue: library,
    variableValues: variables,
  });
  return { data: JSON.parse(JSON.stringify(data)), paths: (errors ?? []).map(({ path }) => path) };
}

describe('the engine', () => {
  test('answers as one schema over the same data would', async () => {
    await fc.assert(
      fc.asyncProperty(operations(api), async (operation) => {
        const { data, errors } = await ours.execute(operation.query, operation.variables);
        const { data: right } = await expected(operation);
        if (JSON.stringify(data) !== JSON.stringify(right)) {
          throw new Error(
            `${operation.query}\n${JSON.stringify(operation.variables)}\n ours ${JSON.stringify(data)}\nright ${JSON.stringify(right)}\n${JSON.stringify(errors)}`,
          );
        }
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});
