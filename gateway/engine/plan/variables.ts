import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isSpecifiedScalarType,
  type OperationDefinitionNode,
  print,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql';
import type { InputType, Json, ProgramVariable } from '../program.ts';
import { namedTypeOf } from '../type-ref.ts';

/** Returns an operation's variables and the input types that they use. */
export function variablesOf(
  { variableDefinitions = [] }: OperationDefinitionNode,
  schema: GraphQLSchema,
): { variables: ProgramVariable[]; inputTypes: Record<string, InputType> } {
  const variables = variableDefinitions.map(({ variable, type, defaultValue }): ProgramVariable => {
    const name = variable.name.value;
    const sentAs = subgraphVariableName(name);
    return {
      name,
      type: print(type as TypeNode),
      ...(defaultValue && { default: valueFromASTUntyped(defaultValue) as Json }),
      ...(sentAs !== name && { sentAs }),
    };
  });
  return {
    variables,
    inputTypes: inputTypes(
      variables.map(({ type }) => namedTypeOf(type)),
      schema,
    ),
  };
}

/** Returns a variable's name in subgraph operations: names that begin with `representations` are the engine's own. */
export function subgraphVariableName(variable: string): string {
  return variable.startsWith('representations') ? `_${variable}` : variable;
}

function inputTypes(names: string[], schema: GraphQLSchema): Record<string, InputType> {
  const types: Record<string, InputType> = {};
  const toRead = names.map((name) => schema.getType(name));
  for (let type = toRead.pop(); toRead.length > 0 || type; type = toRead.pop()) {
    if (!type || types[type.name] || isSpecifiedScalarType(type)) continue;
    types[type.name] = inputType(type);
    if (isInputObjectType(type))
      toRead.push(...Object.values(type.getFields()).map((field) => getNamedType(field.type)));
  }
  return types;
}

function inputType(type: GraphQLNamedType): InputType {
  if (isEnumType(type)) return { kind: 'enum', values: type.getValues().map(({ name }) => name) };
  if (!isInputObjectType(type)) return { kind: 'scalar' };
  const fields = Object.values(type.getFields()).map((field) => [
    field.name,
    { type: String(field.type), ...(field.defaultValue !== undefined && { hasDefault: true }) },
  ]);
  return { kind: 'input', fields: Object.fromEntries(fields), ...(type.isOneOf && { oneOf: true }) };
}
