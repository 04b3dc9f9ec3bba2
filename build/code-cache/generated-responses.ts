import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  type GraphQLAbstractType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
  Kind,
  parse,
} from 'graphql';
import type { SubgraphSdl } from '../../schema-check/subgraph-source.ts';

const SCALARS: Record<string, unknown> = {
  Int: 3,
  Float: 4.5,
  Boolean: true,
  Date: '2026-05-01',
  DateTime: '2026-05-01T09:30:00Z',
  URL: 'https://example.com/photo.jpg',
};

/** A GraphQL request to a subgraph. */
export interface SubgraphOperation {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

export interface GenerationOptions {
  /** Length of every list. */
  listLength: number;
}

/**
 * Returns a responder for the subgraphs of a graph. Values are generated from type and field name, so that all gateways get
 * the same; responses are cached, so that they take no time while a gateway is measured.
 */
export function generatedResponses(
  subgraphs: Pick<SubgraphSdl, 'name' | 'sdl'>[],
  { listLength }: GenerationOptions,
): (subgraph: string, operation: SubgraphOperation) => Promise<string> {
  const fieldResolver = fieldResolverFor(listLength);
  const schemas = new Map(subgraphs.map(({ name, sdl }) => [name, schemaOf(sdl)]));
  const kept = new Map<string, string>();
  return async (subgraph, { query, operationName, variables }) => {
    const key = JSON.stringify([subgraph, query, operationName, variables]);
    const known = kept.get(key);
    if (known) return known;
    const schema = schemas.get(subgraph);
    if (!schema) throw new Error(`There is no subgraph "${subgraph}"`);
    const document = parse(query);
    const result = await execute({ schema, document, operationName, variableValues: variables, fieldResolver });
    const answer = JSON.stringify(result);
    kept.set(key, answer);
    return answer;
  };
}

function schemaOf(sdl: string): GraphQLSchema {
  const typeDefs = parse(sdl);
  const interfaces = typeDefs.definitions.filter((definition) => definition.kind === Kind.INTERFACE_TYPE_DEFINITION);
  return buildSubgraphSchema([
    {
      typeDefs,
      resolvers: Object.fromEntries(interfaces.map(({ name }) => [name.value, { __resolveReference: asObject }])),
    },
  ]);
}

/** Resolves an interface entity to one of its object types. */
function asObject(reference: { __typename: string }, _: unknown, { schema }: GraphQLResolveInfo): object {
  const type = schema.getType(reference.__typename);
  return { ...reference, __typename: isAbstractType(type) ? chosenType(type, schema) : reference.__typename };
}

/** Picks the same type in every subgraph. */
function chosenType(type: GraphQLAbstractType, schema: GraphQLSchema): string | undefined {
  return schema
    .getPossibleTypes(type)
    .map(({ name }) => name)
    .sort()[0];
}

/** Returns a resolver that returns a representation's own fields unchanged, and generates others. */
function fieldResolverFor(listLength: number): GraphQLFieldResolver<unknown, unknown> {
  return (source, _, __, { fieldName, returnType, schema }) => {
    const own = source as Record<string, unknown> | undefined;
    return own?.[fieldName] ?? generatedValue(returnType, `${fieldName}-1`);

    function generatedValue(type: GraphQLOutputType, text: string): unknown {
      if (isNonNullType(type)) return generatedValue(type.ofType, text);
      if (isListType(type)) {
        return Array.from({ length: listLength }, (_, i) => generatedValue(type.ofType, `${text}-${i}`));
      }
      if (isEnumType(type)) return type.getValues()[0]?.value;
      if (isScalarType(type)) return SCALARS[type.name] ?? text;
      return { __typename: isAbstractType(type) ? chosenType(type, schema) : type.name, id: text };
    }
  };
}
