import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isScalarType,
  OperationTypeNode,
  parse,
  print,
  validate,
} from 'graphql';

/** An operation shown as a tab in the explorer. */
export interface Example {
  title: string;
  query: string;
}

const MAX_EXAMPLES = 8;
const MAX_FIELDS = 6;
/** Connections have three levels up to the node fields, plus one reference. */
const MAX_DEPTH = 4;
const PAGE_SIZE = 5;

/** Generates an operation with a small selection for each root field of a schema. */
export function generateExamples(schema: GraphQLSchema): Example[] {
  const roots = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION];
  return (
    roots
      .flatMap((operation) =>
        Object.values(schema.getRootType(operation)?.getFields() ?? {}).map((field) =>
          example(operation, field, schema),
        ),
      )
      // Fields of the same name in two union members can conflict.
      .filter(({ query }) => validate(schema, parse(query)).length === 0)
      .slice(0, MAX_EXAMPLES)
  );
}

function example(operation: OperationTypeNode, field: GraphQLField<unknown, unknown>, schema: GraphQLSchema): Example {
  const name = field.name.slice(0, 1).toUpperCase() + field.name.slice(1);
  const title = (field.description ?? name).split('\n')[0] ?? name;
  const text = `${operation} ${name} { ${fieldText(field, field.args.filter(needsValue), schema, MAX_DEPTH)} }`;
  return { title, query: `# ${title}\n${print(parse(text))}\n` };
}

/** Required arguments, and `first`, to keep lists short. */
function needsValue(argument: GraphQLArgument): boolean {
  return isRequiredArgument(argument) || argument.name === 'first';
}

function fieldText(
  { name, type }: GraphQLField<unknown, unknown>,
  args: GraphQLArgument[],
  schema: GraphQLSchema,
  depth: number,
): string {
  const values = args.map(
    (argument) => `${argument.name}: ${argument.name === 'first' ? PAGE_SIZE : exampleValue(argument.type)}`,
  );
  return `${name}${values.length > 0 ? `(${values.join(', ')})` : ''} ${selection(type, schema, depth)}`;
}

function selection(type: GraphQLOutputType, schema: GraphQLSchema, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isAbstractType(named)) return `{ ${fieldsOf(named, schema, depth).join(' ') || '__typename'} }`;
  const members = schema.getPossibleTypes(named).map((member) => {
    const fields = fieldsOf(member, schema, depth - 1);
    return fields.length > 0 ? `... on ${member.name} { ${fields.join(' ')} }` : '';
  });
  return `{ __typename ${members.join(' ')} }`;
}

/** Selects the first fields without required arguments, recursively up to the depth. */
function fieldsOf(type: GraphQLNamedOutputType, schema: GraphQLSchema, depth: number): string[] {
  if (!isObjectType(type)) return [];
  const fields = Object.values(type.getFields()).filter((field) => !field.args.some(isRequiredArgument));
  const fitting = fields.filter((field) => isLeafType(getNamedType(field.type)) || depth > 1);
  return fitting.slice(0, MAX_FIELDS).map((field) => fieldText(field, [], schema, depth - 1));
}

/** Returns a GraphQL literal of a type. */
function exampleValue(type: GraphQLInputType): string {
  if (isNonNullType(type)) return exampleValue(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return `{ ${required.map((field) => `${field.name}: ${exampleValue(field.type)}`).join(', ')} }`;
  }
  return isScalarType(type) ? (SCALARS[type.name] ?? '"example"') : 'null';
}

const SCALARS: Record<string, string> = {
  ID: '"1"',
  Int: '1',
  Float: '1',
  Boolean: 'true',
  Date: '"2030-01-31"',
  DateTime: '"2030-01-31T12:00:00Z"',
  URL: '"https://example.com/"',
};
