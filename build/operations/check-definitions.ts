import {
  type ExecutableDefinitionNode,
  extendSchema,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  LoneAnonymousOperationRule,
  NoUnusedFragmentsRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { describeProblem, OperationsInvalid } from './problem.ts';

/** All documents of a client are validated together: they can have many operations, and fragments used elsewhere. */
const RULES = specifiedRules.filter((rule) => rule !== LoneAnonymousOperationRule && rule !== NoUnusedFragmentsRule);

/** Apollo Client removes these before sending: https://www.apollographql.com/docs/react/data/directives */
const CLIENT_DIRECTIVES = parse(`
  directive @connection(key: String!, filter: [String!]) on FIELD
  directive @nonreactive on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
  directive @unmask(mode: String) on FRAGMENT_SPREAD
`);

/** Throws OperationsInvalid, with all errors, if definitions are invalid for the schema. */
export function checkDefinitions(definitions: ExecutableDefinitionNode[], schema: GraphQLSchema): void {
  const errors = [
    ...definitions.flatMap((definition) => unregistrable(definition, schema)),
    ...validate(extendSchema(schema, CLIENT_DIRECTIVES), { kind: Kind.DOCUMENT, definitions }, RULES, {
      maxErrors: Number.POSITIVE_INFINITY,
    }),
  ];
  if (errors.length > 0) throw new OperationsInvalid(errors.map(describeProblem).sort(byPlace).join('\n'));
  if (!definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION)) {
    throw new OperationsInvalid('The documents have no operations.');
  }
}

/** Returns registration errors that GraphQL validation does not find. */
function unregistrable(node: ExecutableDefinitionNode, schema: GraphQLSchema): GraphQLError[] {
  if (node.kind !== Kind.OPERATION_DEFINITION) return [];
  if (!node.name)
    return [new GraphQLError(`Name this ${node.operation}: operations are registered by name.`, { nodes: node })];
  if (schema.getRootType(node.operation)) return [];
  return [new GraphQLError(`The schema has no ${node.operation}.`, { nodes: node })];
}

function byPlace(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
