import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import fc from 'fast-check';
import { buildSchema, type GraphQLError, graphql, parse, printSchema } from 'graphql';
import { Planner } from '../../gateway/engine/plan/planner.ts';
import { programOf } from '../../gateway/engine/plan/program-of.ts';
import { readSupergraph } from '../../gateway/engine/plan/supergraph.ts';
import type { Program } from '../../gateway/engine/program.ts';
import { CompiledProgram } from '../../gateway/engine/run/compiled-program.ts';
import { execute } from '../../gateway/engine/run/execution.ts';
import { compose, gateway, type Service, type TestGateway } from './gateway.ts';
import { library, services } from './library.ts';
import { type Operation, operations } from './operations.ts';

const RUNS = 240;

const supergraphSdl = compose(services);
const model = readSupergraph(supergraphSdl);
const oneSchema = buildSchema(printSchema(model.schema));

let ours: TestGateway;
let stock: ApolloServer;

beforeAll(async () => {
  ours = await gateway(services, { supergraphSdl });
  stock = new ApolloServer({ gateway: stockGateway() });
  await stock.start();
}, 60_000);
afterAll(() => stock.stop());

function stockGateway(): ApolloGateway {
  const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const buildService = ({ name }: { name: string }) => ({
    process: async ({ request }: { request: { query?: string; variables?: Record<string, unknown> } }) =>
      serviceAnswer(named(name), request.query ?? '', request.variables ?? {}),
  });
  return new ApolloGateway({ supergraphSdl, logger, buildService });
}

function named(name: string): Service {
  const found = services.find((each) => each.name === name);
  if (!found) throw new Error(`No service ${name}`);
  return found;
}

async function serviceAnswer({ schema }: Service, source: string, variableValues: Record<string, unknown>) {
  return JSON.parse(JSON.stringify(await graphql({ schema, source, variableValues })));
}

async function right({ query, variables }: Operation) {
  return graphql({ schema: oneSchema, source: query, rootValue: library, variableValues: variables });
}

async function stockData({ query, variables }: Operation): Promise<unknown> {
  const { body } = await stock.executeOperation({ query, variables });
  return body.kind === 'single' ? body.singleResult.data : undefined;
}

/** The same data in the same order: as a client reads it. */
const text = (data: unknown) => JSON.stringify(data);

function explain(operation: Operation, answers: Record<string, unknown>): Error {
  const lines = Object.entries({ ...operation, ...answers }).map(([name, value]) => `${name}: ${text(value)}`);
  return new Error(lines.join('\n'));
}

/** What of an answer is null where the schema over all data has no null: an error must be there, around it or in it. */
function isExplained(path: GraphQLError['path'], errors: readonly { path?: readonly (string | number)[] }[]): boolean {
  return errors.some((error) =>
    (error.path ?? []).every((step, index) => index >= (path?.length ?? 0) || step === path?.[index]),
  );
}

describe('generated operations', () => {
  test('are answered as one schema over the same data would', async () => {
    await fc.assert(
      fc.asyncProperty(operations(model.schema), async (operation) => {
        const { data, errors = [] } = await ours.execute(operation.query, operation.variables);
        const expected = await right(operation);
        if (text(data) !== text(expected.data)) throw explain(operation, { ours: data, right: expected.data, errors });
        const told = expected.errors ?? [];
        const missing = told.filter(({ path }) => !isExplained(path, errors));
        if (missing.length > 0 || (errors.length > 0 && told.length === 0)) throw explain(operation, { errors, told });
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  test('are answered as the stock executor does, but where it is wrong', async () => {
    let wrong = 0;
    await fc.assert(
      fc.asyncProperty(operations(model.schema), async (operation) => {
        const [{ data }, theirs, expected] = await Promise.all([
          ours.execute(operation.query, operation.variables),
          stockData(operation),
          right(operation),
        ]);
        if (text(theirs) === text(data)) return;
        wrong += 1;
        if (text(data) !== text(expected.data))
          throw explain(operation, { ours: data, stock: theirs, right: expected.data });
      }),
      { numRuns: RUNS / 4 },
    );
    // Aliases over keys, arguments of @requires, conditions in conditions: some operations in a hundred meet one.
    expect(wrong).toBeLessThan(RUNS / 8);
  }, 120_000);

  test('make programs that survive JSON', async () => {
    const planner = new Planner(model);
    await fc.assert(
      fc.asyncProperty(operations(model.schema), async (operation) => {
        const program = programOf(parse(operation.query), undefined, model, planner);
        const stored: Program = JSON.parse(JSON.stringify(program));
        const { data } = await execute(new CompiledProgram(stored), operation.variables, {
          send: async (service, { members }, variables) =>
            serviceAnswer(named(service), JSON.parse(`{${members}}`).query, JSON.parse(variables)),
          introspect: () => ({}),
        });
        const { data: direct } = await ours.execute(operation.query, operation.variables);
        if (text(data) !== text(direct)) throw explain(operation, { stored: data, direct });
      }),
      { numRuns: RUNS / 4 },
    );
  }, 120_000);
});
