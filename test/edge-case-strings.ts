import {
  buildASTSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isScalarType,
  parse,
} from 'graphql';

/** Valid GraphQL strings that may break a table, a key or a cursor. */
const EDGE_CASES = {
  empty: '',
  blank: ' ',
  nul: 'a\0b',
  control: 'a\u001b[31m\u007f\u0085',
  'lone high surrogate': 'a\ud800',
  'lone low surrogate': '\udc00a',
  'surrogate pair': '🏡',
  '3 KB': 'é'.repeat(1_500),
  '20 KB': 'x'.repeat(20_000),
  separator: 'a#b~\uffff',
  object: '{}',
  prototype: '__proto__',
};

/** Operation with an edge-case string in its variables. */
interface EdgeCaseOperation {
  /** Path of the string, from the root field: `offerBook.input.title`. */
  path: string;
  query: string;
  variables: Record<string, unknown>;
}

type Input = GraphQLArgument | GraphQLInputField;

/** Returns an operation for each string in the arguments of `Query` and `Mutation`, with the text in its place. */
function edgeCaseOperations(typeDefs: string, text: string): EdgeCaseOperation[] {
  const schema = buildASTSchema(parse(typeDefs), { assumeValidSDL: true });
  const roots = { query: schema.getQueryType(), mutation: schema.getMutationType() };
  return Object.entries(roots).flatMap(([kind, type]) =>
    Object.values(type?.getFields() ?? {}).flatMap((field) =>
      field.args.flatMap((arg) => {
        const others = field.args.filter((each) => each !== arg && isRequiredArgument(each));
        return withText(arg, text).map(({ path, value }) => ({
          path: [field.name, arg.name, ...path].join('.'),
          query: operation(kind, field.name, [arg, ...others], selection(field.type, schema)),
          variables: Object.fromEntries([[arg.name, value], ...others.map((each) => [each.name, validValue(each)])]),
        }));
      }),
    ),
  );
}

function operation(kind: string, field: string, args: readonly GraphQLArgument[], selected: string): string {
  const variables = args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  return `${kind} (${variables}) { ${field}(${args.map(({ name }) => `${name}: $${name}`).join(', ')}) ${selected} }`;
}

/** Selects the edges of a connection, so that its list is read. */
function selection(type: GraphQLOutputType, schema: GraphQLSchema): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  const edges = isObjectType(schema.getType(named.name)) && (named as GraphQLObjectType).getFields().edges;
  return edges ? '{ edges { cursor } }' : '{ __typename }';
}

/** Returns a value of an input for each string in it, with the text in its place. */
function withText({ type }: Input, text: string): { path: string[]; value: unknown }[] {
  const plain = getNullableType(type);
  if (isListType(plain))
    return withText({ type: plain.ofType } as Input, text).map((each) => ({ ...each, value: [each.value] }));
  if (isScalarType(plain) && !['Int', 'Float', 'Boolean'].includes(plain.name)) return [{ path: [], value: text }];
  if (!isInputObjectType(plain)) return [];
  const fields = Object.values(plain.getFields());
  const required = Object.fromEntries(
    fields.filter(isRequiredInputField).map((field) => [field.name, validValue(field)]),
  );
  return fields.flatMap((field) =>
    withText(field, text).map(({ path, value }) => ({
      path: [field.name, ...path],
      value: { ...required, [field.name]: value },
    })),
  );
}

const SCALARS: Record<string, unknown> = {
  Int: 1,
  Float: 1.5,
  Boolean: true,
  Date: '2030-01-01',
  DateTime: '2030-01-01T00:00:00Z',
  URL: 'https://example.com/a.jpg',
};

function validValue({ type, name }: Input): unknown {
  const plain = getNullableType(type);
  if (isListType(plain)) return [];
  if (isEnumType(plain)) return plain.getValues()[0]?.name;
  if (isInputObjectType(plain))
    return Object.fromEntries(
      Object.values(plain.getFields())
        .filter(isRequiredInputField)
        .map((field) => [field.name, validValue(field)]),
    );
  return isScalarType(plain) && plain.name in SCALARS ? SCALARS[plain.name] : `a${name}`;
}

/** Sends each edge-case string in each argument to a subgraph; returns a line for each error that is not a client error. */
export async function unexpectedErrors(
  typeDefs: string,
  ask: (
    query: string,
    variables: Record<string, unknown>,
  ) => Promise<{ errors?: readonly { extensions?: { code?: unknown } | undefined; message: string }[] | undefined }>,
): Promise<string[]> {
  const found: string[] = [];
  for (const [name, text] of Object.entries(EDGE_CASES)) {
    for (const { path, query, variables } of edgeCaseOperations(typeDefs, text)) {
      const { errors = [] } = await ask(query, variables);
      const unexpected = errors.find(({ extensions }) => !CLIENT_ERRORS.has(extensions?.code));
      if (unexpected) found.push(`${path}: ${name}: ${unexpected.message}`);
    }
  }
  return found;
}

const CLIENT_ERRORS: ReadonlySet<unknown> = new Set(['BAD_USER_INPUT', 'UNAUTHENTICATED', 'FORBIDDEN']);

/** Returns the strings of items that have control characters or lone surrogates. */
export function malformedStrings(items: Record<string, unknown>[]): string[] {
  const texts = items.flatMap((item) => Object.values(item)).filter((value) => typeof value === 'string');
  return texts.filter((text) => !text.isWellFormed() || /[^\P{Cc}\n\r\t]/u.test(text));
}
