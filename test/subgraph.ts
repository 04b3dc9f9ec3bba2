import { type GraphQLFormattedError, Kind, parse, type SelectionSetNode } from 'graphql';
import { log } from '#platform/log.ts';
import type { RequestContext, Subgraph } from '#platform/subgraph.ts';
import { subgraphExecutor, subgraphSchema } from '#platform/subgraph-executor.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type EntityRules, entityRules } from './entity-rules.ts';

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for, it knows the shape of
  data: any;
  errors: readonly GraphQLFormattedError[] | undefined;
}

/** What the gateway sends of an entity: the fields of a key, and those that the selected fields require of other services. */
export type Representation = Record<string, unknown>;

/** One subgraph without the others and without Lambda, for tests. */
export interface SubgraphUnderTest {
  /** Runs an operation; tells data and errors. */
  (query: string, variables?: Record<string, unknown>, as?: Viewer): Promise<Answer>;
  /** The same subgraph, asked by a viewer. */
  as(viewer: Viewer): SubgraphUnderTest;
  /**
   * Resolves an entity as the gateway does, and returns what is selected of it, null if there is none:
   * `await orders.entity('Product', { id: 'p1', weight: 500 }, '{ shipping }')`. Throws the first error of the answer, and an error
   * that says what is missing where the gateway would not send such a representation.
   */
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for, it knows the shape of
  entity(type: string, representation: Representation, selection: string): Promise<any>;
  /** Resolves several entities of a type in one request, in their order. */
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for, it knows the shape of
  entities(type: string, representations: Representation[], selection: string): Promise<any[]>;
}

/** A viewer, as the gateway would tell of them. */
export function viewer(id: string, ...groups: string[]): Viewer {
  return { id, groups, scopes: [] };
}

/** Makes a subgraph ready to be tested: operations in, answers out; entities by key. */
export function testSubgraph<Context extends RequestContext>(subgraph: Subgraph<Context>): SubgraphUnderTest {
  const execute = subgraphExecutor(subgraphSchema(subgraph), log);
  const rules = entityRules(subgraph.typeDefs);
  const run = async (query: string, variables: Record<string, unknown>, as?: Viewer): Promise<Answer> => {
    const context = subgraph.context({ viewer: as, requestId: 'test', log });
    const { data, errors } = await execute({ query, variables }, context);
    return { data, errors };
  };
  return askedBy(undefined, run, rules);
}

function askedBy(
  usual: Viewer | undefined,
  run: (query: string, variables: Record<string, unknown>, as?: Viewer) => Promise<Answer>,
  rules: EntityRules,
): SubgraphUnderTest {
  const entities: SubgraphUnderTest['entities'] = async (type, given, selection) => {
    for (const representation of given) rules.check(type, representation, selectedFields(selection));
    const representations = given.map((representation) => ({ __typename: type, ...representation }));
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} ${selection} } }`;
    const { data, errors } = await run(query, { representations }, usual);
    if (errors?.[0]) throw new Error(`${errors[0].extensions?.code}: ${errors[0].message}`);
    return data._entities;
  };
  return Object.assign(
    (query: string, variables: Record<string, unknown> = {}, as = usual) => run(query, variables, as),
    {
      as: (viewer: Viewer) => askedBy(viewer, run, rules),
      entities,
      entity: async (type: string, representation: Representation, selection: string) =>
        (await entities(type, [representation], selection))[0],
    },
  );
}

/** Names of the fields at the top of a selection. */
function selectedFields(selection: string): string[] {
  const [operation] = parse(selection).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error(`Select fields as in "{ name }", not: ${selection}`);
  return namesIn(operation.selectionSet);
}

function namesIn({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((each) => {
    if (each.kind === Kind.FIELD) return [each.name.value];
    return each.kind === Kind.INLINE_FRAGMENT ? namesIn(each.selectionSet) : [];
  });
}
