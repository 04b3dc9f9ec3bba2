import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type ASTVisitor,
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  OperationTypeNode,
  parse,
  specifiedRules,
  type ValidationContext,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { cacheBound } from '../cache-bound.ts';
import type { Log } from '../telemetry/log.ts';
import { attachSubscriptions } from './attach-subscriptions.ts';
import type { SubgraphRequest, SubgraphResponse } from './envelope.ts';
import { maskErrors } from './errors.ts';
import type { RequestContext, Subgraph } from './subgraph.ts';
import { checkWellFormed } from './well-formed.ts';

type Operation = Pick<SubgraphRequest, 'query' | 'operationName' | 'variables' | 'subscription'>;

/** Maximum characters of cached documents: the gateway repeats the same ones. */
const MAX_CACHED_CHARACTERS = 500_000;

/** Returns the executable schema of a subgraph, including `_entities` and `_service`. */
export function subgraphSchema<Context extends RequestContext>(subgraph: Subgraph<Context>): GraphQLSchema {
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(subgraph.typeDefs, { noLocation: true }),
      resolvers: subgraph.resolvers as Record<string, never>,
    },
  ]);
  attachSubscriptions(schema, subgraph.subscriptions ?? {});
  return schema;
}

/** Maximum tokens of an operation; the gateway's merged entity fetches are long. */
const MAX_TOKENS = 50_000;

/** Validation rule against introspection, including federation's `_service`. */
export function noIntrospection(context: ValidationContext): ASTVisitor {
  return {
    Field: (node) => {
      const { value: name } = node.name;
      if (name === '_service' || name === '__schema' || name === '__type')
        context.reportError(new GraphQLError('Introspection is disabled.', { nodes: node }));
    },
  };
}

/** Returns a function that runs operations like Apollo Server, which would take longer to load than they take to run. */
export function subgraphExecutor(schema: GraphQLSchema, log: Log, { showsSchema = true } = {}) {
  const rules = showsSchema ? specifiedRules : [...specifiedRules, noIntrospection];
  const documents = new LRUCache<string, DocumentNode>({ maxSize: cacheBound(MAX_CACHED_CHARACTERS) });
  const maskError = maskErrors(log);

  function documentOf(query: string): DocumentNode {
    const known = documents.get(query);
    if (known) return known;
    const document = parseQuery(query);
    const [error] = validate(schema, document, rules);
    if (error) throw withCode(error, 'GRAPHQL_VALIDATION_FAILED');
    documents.set(query, document, { size: query.length });
    return document;
  }

  return async (operation: Operation, contextValue: unknown): Promise<SubgraphResponse> => {
    const { query, operationName, variables, subscription } = operation;
    const rootValue = subscription?.kind === 'event' ? subscription.event : undefined;
    const args = { schema, contextValue, operationName, variableValues: variables, rootValue };
    try {
      checkWellFormed(variables);
      const run = subscription?.kind === 'start' ? topicOf : execute;
      const { data, errors, extensions } = await run({ ...args, document: documentOf(query) });
      return {
        ...(errors && {
          errors: errors.map((error) => mask(isVariableError(error) ? withCode(error, 'BAD_USER_INPUT') : error)),
        }),
        ...(data !== undefined && { data }),
        ...(extensions && { extensions }),
      };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [mask(error)] };
      throw error;
    }
  };

  function mask(error: GraphQLError) {
    const { extensions, ...formatted } = error.toJSON();
    return maskError({ ...formatted, extensions: { code: 'INTERNAL_SERVER_ERROR', ...extensions } }, error);
  }
}

/** Starts a subscription; returns its topic in the extensions. */
async function topicOf(args: ExecutionArgs): Promise<ExecutionResult> {
  if (getOperationAST(args.document, args.operationName)?.operation !== OperationTypeNode.SUBSCRIPTION)
    throw new GraphQLError('Only a subscription can be started.', { extensions: { code: 'BAD_REQUEST' } });
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const { value: topic } = await source[Symbol.asyncIterator]().next();
  return { data: null, extensions: { topic } };
}

function parseQuery(query: string): DocumentNode {
  try {
    return parse(query, { noLocation: true, maxTokens: MAX_TOKENS });
  } catch (error) {
    throw error instanceof GraphQLError ? withCode(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
}

/** Whether an error is about variables: graphql-js reports these before execution, without a path. */
function isVariableError({ nodes = [], path }: GraphQLError): boolean {
  return !path && nodes.some(({ kind }) => kind === Kind.VARIABLE_DEFINITION);
}

function withCode({ message, nodes, source, positions, path, extensions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { ...extensions, code } });
}
