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
import { LIBRARY, readSchemas } from '../../build/discover.ts';
import type { SubgraphSdl } from '../../schema-check/subgraph-source.ts';

const LIST_LENGTH = 8;
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

/**
 * Answers for every subgraph of a graph, the library if none is given, of its schema alone: a value is made up from its type and its field's name,
 * so that all gateways get the same. An answer is kept, so that it is there at once when a gateway is timed.
 */
export function madeUpAnswers(
  subgraphs: Pick<SubgraphSdl, 'name' | 'sdl'>[] = readSchemas(LIBRARY),
): (subgraph: string, operation: SubgraphOperation) => Promise<string> {
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

/** An interface's entity is of one of its types. */
function asObject(reference: { __typename: string }, _: unknown, { schema }: GraphQLResolveInfo): object {
  const type = schema.getType(reference.__typename);
  return { ...reference, __typename: isAbstractType(type) ? chosenType(type, schema) : reference.__typename };
}

/** Each subgraph must choose the same type, whatever else it knows. */
function chosenType(type: GraphQLAbstractType, schema: GraphQLSchema): string | undefined {
  return schema
    .getPossibleTypes(type)
    .map(({ name }) => name)
    .sort()[0];
}

/** A representation's own fields are as they came. */
const fieldResolver: GraphQLFieldResolver<unknown, unknown> = (source, _, __, { fieldName, returnType, schema }) => {
  const own = source as Record<string, unknown> | undefined;
  return own?.[fieldName] ?? madeUp(returnType, `${fieldName}-1`, schema);
};

function madeUp(type: GraphQLOutputType, text: string, schema: GraphQLSchema): unknown {
  if (isNonNullType(type)) return madeUp(type.ofType, text, schema);
  if (isListType(type)) {
    return Array.from({ length: LIST_LENGTH }, (_, i) => madeUp(type.ofType, `${text}-${i}`, schema));
  }
  if (isEnumType(type)) return type.getValues()[0]?.value;
  if (isScalarType(type)) return SCALARS[type.name] ?? text;
  return { __typename: isAbstractType(type) ? chosenType(type, schema) : type.name, id: text };
}
