import { type GraphQLFormattedError, Kind, parse, type SelectionSetNode } from 'graphql';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import type { SubscriptionStep } from '#platform/graphql/envelope.ts';
import type { RequestContext, Subgraph } from '#platform/graphql/subgraph.ts';
import { subgraphExecutor, subgraphSchema } from '#platform/graphql/subgraph-executor.ts';
import type { Viewer } from '#platform/graphql/viewer.ts';
import { log } from '#platform/telemetry/log.ts';
import { type EntityRules, entityRules } from './entity-rules.ts';

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its query
  data: any;
  errors: readonly GraphQLFormattedError[] | undefined;
}

/** Topic of a started subscription. */
interface Started extends Pick<Answer, 'errors'> {
  topic: unknown;
}

/** Entity as the gateway sends it: fields of a key, and the fields that `@requires` of the selected fields names. */
export type Representation = Record<string, unknown>;

/** Single subgraph, without Lambda. */
export interface SubgraphUnderTest {
  /** Runs an operation; returns data and errors. */
  (query: string, variables?: Record<string, unknown>, as?: Viewer): Promise<Answer>;
  /** Starts a subscription; returns its topic, or the errors. */
  start(query: string, variables?: Record<string, unknown>): Promise<Started>;
  /** Runs a subscription for an event, as the gateway does for each subscriber. */
  onEvent(event: DomainEvent, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Returns the same subgraph with a viewer for all operations. */
  as(viewer: Viewer): SubgraphUnderTest;
  /**
   * Resolves an entity as the gateway does; returns the selected fields, or null if it does not exist:
   * `await orders.entity('Product', { id: 'p1', weight: 500 }, '{ shipping }')`. Throws the first error of the response, and for
   * a representation that the gateway would not send.
   */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its query
  entity(type: string, representation: Representation, selection: string): Promise<any>;
  /** Resolves several entities of a type in one request; returns them in the same order. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its query
  entities(type: string, representations: Representation[], selection: string): Promise<any[]>;
}

/** Returns a viewer as the gateway passes it to subgraphs. */
export function viewer(id: string, ...groups: string[]): Viewer {
  return { id, groups, scopes: [] };
}

/** Wraps a subgraph for tests of its operations and entities. */
export function testSubgraph<Context extends RequestContext>(subgraph: Subgraph<Context>): SubgraphUnderTest {
  const execute = subgraphExecutor(subgraphSchema(subgraph), log);
  const rules = entityRules(subgraph.typeDefs);
  const run: Run = async (query, variables, as, subscription) => {
    const context = subgraph.context({ viewer: as, requestId: 'test', log });
    const request = { query, variables, ...(subscription && { subscription }) };
    const { data, errors, extensions } = await execute(request, context);
    return { data, errors, topic: extensions?.topic };
  };
  return withViewer(undefined, run, rules);
}

/** Executes an operation, or a step of a subscription. */
type Run = (
  query: string,
  variables: Record<string, unknown>,
  as?: Viewer,
  subscription?: SubscriptionStep,
) => Promise<Answer & Started>;

function withViewer(defaultViewer: Viewer | undefined, run: Run, rules: EntityRules): SubgraphUnderTest {
  const entities: SubgraphUnderTest['entities'] = async (type, given, selection) => {
    for (const representation of given) rules.check(type, representation, selectedFields(selection));
    const representations = given.map((representation) => ({ __typename: type, ...representation }));
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} ${selection} } }`;
    const { data, errors } = await run(query, { representations }, defaultViewer);
    if (errors?.[0]) throw new Error(`${errors[0].extensions?.code}: ${errors[0].message}`);
    return data._entities;
  };
  return Object.assign(
    async (query: string, variables: Record<string, unknown> = {}, as = defaultViewer) => {
      const { data, errors } = await run(query, variables, as);
      return { data, errors };
    },
    {
      start: async (query: string, variables: Record<string, unknown> = {}) => {
        const { topic, errors } = await run(query, variables, defaultViewer, { kind: 'start' });
        return { topic, errors };
      },
      onEvent: async (event: DomainEvent, query: string, variables: Record<string, unknown> = {}) => {
        const { data, errors } = await run(query, variables, defaultViewer, { kind: 'event', event });
        return { data, errors };
      },
      as: (viewer: Viewer) => withViewer(viewer, run, rules),
      entities,
      entity: async (type: string, representation: Representation, selection: string) =>
        (await entities(type, [representation], selection))[0],
    },
  );
}

/** Returns the names of the fields at the top of a selection. */
function selectedFields(selection: string): string[] {
  const [operation] = parse(selection).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error(`Not a selection such as "{ name }": ${selection}`);
  return namesIn(operation.selectionSet);
}

function namesIn({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((each) => {
    if (each.kind === Kind.FIELD) return [each.name.value];
    return each.kind === Kind.INLINE_FRAGMENT ? namesIn(each.selectionSet) : [];
  });
}
