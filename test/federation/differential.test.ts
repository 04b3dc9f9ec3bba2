import { isDeepStrictEqual } from 'node:util';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import fc from 'fast-check';
import { buildSchema, type GraphQLError, graphql, parse, printSchema } from 'graphql';
import { makeProgram } from '../../gateway/engine/plan/make-program.ts';
import { Planner } from '../../gateway/engine/plan/planner.ts';
import { readSupergraph } from '../../gateway/engine/plan/supergraph.ts';
import type { Program } from '../../gateway/engine/program.ts';
import { CompiledProgram } from '../../gateway/engine/run/compiled-program.ts';
import { execute } from '../../gateway/engine/run/execution.ts';
import { propertyOptions, timeLimit } from '../long-runs.ts';
import found from './found-operations.json' with { type: 'json' };
import { compose, gateway, type Service, type TestGateway } from './gateway.ts';
import { library, services } from './library.ts';
import { type Operation, operations } from './operations.ts';
import { explanation, stockFaults } from './stock-faults.ts';

const supergraphSdl = compose(services);
const model = readSupergraph(supergraphSdl);
const oneSchema = buildSchema(printSchema(model.schema));
const FAULTS = stockFaults(model.schema, { schema: named('ratings').schema, type: 'Medium' });

/** Operations that this gateway or, for the named fault, the stock executor once handled wrongly; they run first. */
const regressions = found.map(({ query, variables }): [Operation] => [{ query, variables }]);
const cases = (usual: number, long: number) => ({ ...propertyOptions(usual, long), examples: regressions });

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

async function expectedResult({ query, variables }: Operation) {
  return graphql({ schema: oneSchema, source: query, rootValue: library, variableValues: variables });
}

async function stockData({ query, variables }: Operation): Promise<unknown> {
  const { body } = await stock.executeOperation({ query, variables });
  return body.kind === 'single' ? body.singleResult.data : undefined;
}

/** Serializes data with the order of its fields, as clients receive it. */
const text = (data: unknown) => JSON.stringify(data);

/** Returns an error with the case to add to `found-operations.json`. */
function mismatch(operation: Operation, answers: Record<string, unknown>): Error {
  const lines = Object.entries(answers).map(([name, value]) => `${name}: ${text(value)}`);
  return new Error(['Add to test/federation/found-operations.json:', text(operation), ...lines].join('\n'));
}

/** Whether the stock executor returns the right data, by default with the fields of an object in any order. */
async function isStockRight(operation: Operation, inAnyOrder = true): Promise<boolean> {
  const [stockResult, { data }] = await Promise.all([stockData(operation), expectedResult(operation)]);
  if (!inAnyOrder) return text(stockResult) === text(data);
  return isDeepStrictEqual(
    ...([stockResult, data].map((each) => JSON.parse(text(each) ?? 'null')) as [unknown, unknown]),
  );
}

/** Returns the faults that explain the stock executor's data; undefined for an unknown difference. */
async function whyStockIsWrong(operation: Operation): Promise<string[] | undefined> {
  if (await isStockRight(operation)) return ['fields of an object in another order'];
  return explanation(operation, FAULTS, isStockRight);
}

/** Whether an error lies at a path, above it or below it. */
function isExplained(path: GraphQLError['path'], errors: readonly { path?: readonly (string | number)[] }[]): boolean {
  return errors.some((error) =>
    (error.path ?? []).every((step, index) => index >= (path?.length ?? 0) || step === path?.[index]),
  );
}

describe('generated operations', () => {
  test(
    'have the same data as on one schema, and errors in the same places',
    async () => {
      await fc.assert(
        fc.asyncProperty(operations(model.schema), async (operation) => {
          const { data, errors = [] } = await ours.execute(operation.query, operation.variables);
          const expected = await expectedResult(operation);
          if (text(data) !== text(expected.data))
            throw mismatch(operation, { ours: data, right: expected.data, errors });
          const expectedErrors = expected.errors ?? [];
          const missing = expectedErrors.filter(({ path }) => !isExplained(path, errors));
          if (missing.length > 0 || (errors.length > 0 && expectedErrors.length === 0))
            throw mismatch(operation, { errors, expectedErrors });
        }),
        cases(240, 5_000),
      );
    },
    timeLimit(120_000),
  );

  test(
    'have the same data from the stock executor, apart from its known faults',
    async () => {
      await fc.assert(
        fc.asyncProperty(operations(model.schema), async (operation) => {
          if (await isStockRight(operation, false)) return;
          if (await whyStockIsWrong(operation)) return;
          const answers = { stock: await stockData(operation), right: (await expectedResult(operation)).data };
          throw mismatch(operation, answers);
        }),
        cases(60, 2_000),
      );
    },
    timeLimit(120_000),
  );

  test(
    'have the same data when their program is serialized',
    async () => {
      const planner = new Planner(model);
      await fc.assert(
        fc.asyncProperty(operations(model.schema), async (operation) => {
          const program = makeProgram(parse(operation.query), undefined, model, planner);
          const stored: Program = JSON.parse(JSON.stringify(program));
          const { data } = await execute(new CompiledProgram(stored), operation.variables, {
            send: async (service, { members }, variables) =>
              serviceAnswer(named(service), JSON.parse(`{${members}}`).query, JSON.parse(variables)),
            introspect: () => ({}),
          });
          const { data: direct } = await ours.execute(operation.query, operation.variables);
          if (text(data) !== text(direct)) throw mismatch(operation, { stored: data, direct });
        }),
        cases(60, 1_000),
      );
    },
    timeLimit(120_000),
  );
});

describe('regression cases', () => {
  test.each(found.filter(({ fault }) => fault))(
    'the stock executor has the fault: $fault',
    async ({ query, variables, fault }) => {
      expect((await expectedResult({ query, variables })).errors).toBeUndefined();
      expect(await isStockRight({ query, variables }, false)).toBe(false);
      expect(await whyStockIsWrong({ query, variables })).toEqual([fault]);
    },
  );
});
