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
import { generated, patience } from '../extent.ts';
import found from './found-operations.json' with { type: 'json' };
import { compose, gateway, type Service, type TestGateway } from './gateway.ts';
import { library, services } from './library.ts';
import { type Operation, operations } from './operations.ts';
import { explanation, stockFaults } from './stock-faults.ts';

const supergraphSdl = compose(services);
const model = readSupergraph(supergraphSdl);
const oneSchema = buildSchema(printSchema(model.schema));
const FAULTS = stockFaults(model.schema, { schema: named('ratings').schema, type: 'Medium' });

/** Operations that were answered wrongly once, by this gateway or by the stock executor, and why: they are tried first. */
const corpus = found.map(({ query, variables }): [Operation] => [{ query, variables }]);
const cases = (usual: number, long: number) => ({ ...generated(usual, long), examples: corpus });

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

/** An error with a case that `found-operations.json` is to keep. */
function explain(operation: Operation, answers: Record<string, unknown>): Error {
  const lines = Object.entries(answers).map(([name, value]) => `${name}: ${text(value)}`);
  return new Error(['Add to test/federation/found-operations.json:', text(operation), ...lines].join('\n'));
}

/** Whether the stock executor gives the right data; if `inAnyOrder`, an object's fields may be in any. */
async function isStockRight(operation: Operation, inAnyOrder = true): Promise<boolean> {
  const [theirs, { data }] = await Promise.all([stockData(operation), right(operation)]);
  if (!inAnyOrder) return text(theirs) === text(data);
  return isDeepStrictEqual(...([theirs, data].map((each) => JSON.parse(text(each) ?? 'null')) as [unknown, unknown]));
}

/** Why the stock executor does not give the right data; undefined for a difference that nothing explains. */
async function whyStockIsWrong(operation: Operation): Promise<string[] | undefined> {
  if (await isStockRight(operation)) return ['the fields of an object are in another order'];
  return explanation(operation, FAULTS, isStockRight);
}

/** What of an answer is null where the schema over all data has no null: an error must be there, around it or in it. */
function isExplained(path: GraphQLError['path'], errors: readonly { path?: readonly (string | number)[] }[]): boolean {
  return errors.some((error) =>
    (error.path ?? []).every((step, index) => index >= (path?.length ?? 0) || step === path?.[index]),
  );
}

describe('generated operations', () => {
  test(
    'are answered as one schema over the same data would',
    async () => {
      await fc.assert(
        fc.asyncProperty(operations(model.schema), async (operation) => {
          const { data, errors = [] } = await ours.execute(operation.query, operation.variables);
          const expected = await right(operation);
          if (text(data) !== text(expected.data))
            throw explain(operation, { ours: data, right: expected.data, errors });
          const told = expected.errors ?? [];
          const missing = told.filter(({ path }) => !isExplained(path, errors));
          if (missing.length > 0 || (errors.length > 0 && told.length === 0))
            throw explain(operation, { errors, told });
        }),
        cases(240, 5_000),
      );
    },
    patience(120_000),
  );

  test(
    'are answered rightly by the stock executor too, but for its known faults',
    async () => {
      await fc.assert(
        fc.asyncProperty(operations(model.schema), async (operation) => {
          if (await isStockRight(operation, false)) return;
          if (await whyStockIsWrong(operation)) return;
          const answers = { stock: await stockData(operation), right: (await right(operation)).data };
          throw explain(operation, answers);
        }),
        cases(60, 2_000),
      );
    },
    patience(120_000),
  );

  test(
    'make programs that survive JSON',
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
          if (text(data) !== text(direct)) throw explain(operation, { stored: data, direct });
        }),
        cases(60, 1_000),
      );
    },
    patience(120_000),
  );
});

describe('operations that were found', () => {
  test.each(found.filter(({ fault }) => fault))(
    '$fault: what makes the stock executor wrong',
    async ({ query, variables, fault }) => {
      expect((await right({ query, variables })).errors).toBeUndefined();
      expect(await isStockRight({ query, variables }, false)).toBe(false);
      expect(await whyStockIsWrong({ query, variables })).toEqual([fault]);
    },
  );
});
