import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type ASTVisitor,
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  specifiedRules,
  type ValidationContext,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { cacheBound } from '../cache-bound.ts';
import type { Log } from '../telemetry/log.ts';
import type { SubgraphRequest, SubgraphResponse } from './envelope.ts';
import { maskErrors } from './errors.ts';
import type { RequestContext, Subgraph } from './subgraph.ts';
import { checkWellFormed } from './well-formed.ts';

type Operation = Pick<SubgraphRequest, 'query' | 'operationName' | 'variables'>;

/** Characters of documents that are kept parsed and validated: the gateway sends the same ones again and again. */
const MAX_KEPT = 500_000;

/** The schema of a subgraph, with what federation adds. */
export function subgraphSchema<Context extends RequestContext>(subgraph: Subgraph<Context>): GraphQLSchema {
  return buildSubgraphSchema([
    {
      typeDefs: parse(subgraph.typeDefs, { noLocation: true }),
      resolvers: subgraph.resolvers as Record<string, never>,
    },
  ]);
}

/** The largest operation that is read, in tokens: merged joins of the gateway are long. */
const MAX_TOKENS = 50_000;

/** Forbids what shows the schema: introspection, and the SDL that federation adds. */
export function noSchema(context: ValidationContext): ASTVisitor {
  return {
    Field: (node) => {
      const { value: name } = node.name;
      if (name === '_service' || name === '__schema' || name === '__type')
        context.reportError(new GraphQLError('The schema is not shown here.', { nodes: node }));
    },
  };
}

/** Makes what runs operations on a schema, and answers as Apollo Server would, which takes longer to load than they to run. */
export function subgraphExecutor(schema: GraphQLSchema, log: Log, { showsSchema = true } = {}) {
  const rules = showsSchema ? specifiedRules : [...specifiedRules, noSchema];
  const documents = new LRUCache<string, DocumentNode>({ maxSize: cacheBound(MAX_KEPT) });
  const maskError = maskErrors(log);

  function documentOf(query: string): DocumentNode {
    const known = documents.get(query);
    if (known) return known;
    const document = parsed(query);
    const [error] = validate(schema, document, rules);
    if (error) throw coded(error, 'GRAPHQL_VALIDATION_FAILED');
    documents.set(query, document, { size: query.length });
    return document;
  }

  return async ({ query, operationName, variables }: Operation, contextValue: unknown): Promise<SubgraphResponse> => {
    const asked = { schema, contextValue, operationName, variableValues: variables };
    try {
      checkWellFormed(variables);
      const { data, errors } = await execute({ ...asked, document: documentOf(query) });
      return {
        ...(errors && {
          errors: errors.map((error) => told(isAboutVariables(error) ? coded(error, 'BAD_USER_INPUT') : error)),
        }),
        ...(data !== undefined && { data }),
      };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [told(error)] };
      throw error;
    }
  };

  function told(error: GraphQLError) {
    const { extensions, ...formatted } = error.toJSON();
    return maskError({ ...formatted, extensions: { code: 'INTERNAL_SERVER_ERROR', ...extensions } }, error);
  }
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { noLocation: true, maxTokens: MAX_TOKENS });
  } catch (error) {
    throw error instanceof GraphQLError ? coded(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
}

/** graphql-js says so of an operation's variables before it runs anything. */
function isAboutVariables({ nodes = [], path }: GraphQLError): boolean {
  return !path && nodes.some(({ kind }) => kind === Kind.VARIABLE_DEFINITION);
}

function coded({ message, nodes, source, positions, path, extensions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { ...extensions, code } });
}
