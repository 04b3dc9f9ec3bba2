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

/** Texts that a client may send where a text is wanted, and that a table, a key or a page may stumble over. */
const ODD_TEXTS = {
  empty: '',
  blank: ' ',
  nul: 'a\0b',
  control: 'a\u001b[31m\u007f\u0085',
  'half a pair': 'a\ud800',
  'the other half': '\udc00a',
  'two units': '🏡',
  '3 KB': 'é'.repeat(1_500),
  '20 KB': 'x'.repeat(20_000),
  separator: 'a#b~\uffff',
  object: '{}',
  prototype: '__proto__',
};

/** An operation with one odd text, at one place. */
interface OddOperation {
  place: string;
  query: string;
  variables: Record<string, unknown>;
}

type Input = GraphQLArgument | GraphQLInputField;

/** Makes an operation for each text that `Query` and `Mutation` of a subgraph take, with the odd text there. */
function oddOperations(typeDefs: string, text: string): OddOperation[] {
  const schema = buildASTSchema(parse(typeDefs), { assumeValidSDL: true });
  const roots = { query: schema.getQueryType(), mutation: schema.getMutationType() };
  return Object.entries(roots).flatMap(([kind, type]) =>
    Object.values(type?.getFields() ?? {}).flatMap((field) =>
      field.args.flatMap((arg) => {
        const others = field.args.filter((each) => each !== arg && isRequiredArgument(each));
        return withOdd(arg, text).map(({ path, value }) => ({
          place: [field.name, arg.name, ...path].join('.'),
          query: operation(kind, field.name, [arg, ...others], selection(field.type, schema)),
          variables: Object.fromEntries([[arg.name, value], ...others.map((each) => [each.name, usual(each)])]),
        }));
      }),
    ),
  );
}

function operation(kind: string, field: string, args: readonly GraphQLArgument[], selected: string): string {
  const variables = args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  return `${kind} (${variables}) { ${field}(${args.map(({ name }) => `${name}: $${name}`).join(', ')}) ${selected} }`;
}

/** The nodes of a connection too, so that the list is read. */
function selection(type: GraphQLOutputType, schema: GraphQLSchema): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  const edges = isObjectType(schema.getType(named.name)) && (named as GraphQLObjectType).getFields().edges;
  return edges ? '{ edges { cursor } }' : '{ __typename }';
}

/** Values of an input with the text at one place each. */
function withOdd({ type }: Input, text: string): { path: string[]; value: unknown }[] {
  const plain = getNullableType(type);
  if (isListType(plain))
    return withOdd({ type: plain.ofType } as Input, text).map((each) => ({ ...each, value: [each.value] }));
  if (isScalarType(plain) && !['Int', 'Float', 'Boolean'].includes(plain.name)) return [{ path: [], value: text }];
  if (!isInputObjectType(plain)) return [];
  const fields = Object.values(plain.getFields());
  const usuals = Object.fromEntries(fields.filter(isRequiredInputField).map((field) => [field.name, usual(field)]));
  return fields.flatMap((field) =>
    withOdd(field, text).map(({ path, value }) => ({
      path: [field.name, ...path],
      value: { ...usuals, [field.name]: value },
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

function usual({ type, name }: Input): unknown {
  const plain = getNullableType(type);
  if (isListType(plain)) return [];
  if (isEnumType(plain)) return plain.getValues()[0]?.name;
  if (isInputObjectType(plain))
    return Object.fromEntries(
      Object.values(plain.getFields())
        .filter(isRequiredInputField)
        .map((field) => [field.name, usual(field)]),
    );
  return isScalarType(plain) && plain.name in SCALARS ? SCALARS[plain.name] : `a${name}`;
}

/** Texts that a subgraph answers with an error of its own, of those that its `ask` is given: there should be none. */
export async function stumbles(
  typeDefs: string,
  ask: (
    query: string,
    variables: Record<string, unknown>,
  ) => Promise<{ errors?: readonly { extensions?: { code?: unknown } | undefined; message: string }[] | undefined }>,
): Promise<string[]> {
  const found: string[] = [];
  for (const [name, text] of Object.entries(ODD_TEXTS)) {
    for (const { place, query, variables } of oddOperations(typeDefs, text)) {
      const { errors = [] } = await ask(query, variables);
      const own = errors.find(({ extensions }) => !CLIENTS.has(extensions?.code));
      if (own) found.push(`${place}: ${name}: ${own.message}`);
    }
  }
  return found;
}

const CLIENTS: ReadonlySet<unknown> = new Set(['BAD_USER_INPUT', 'UNAUTHENTICATED', 'FORBIDDEN']);

/** Texts in a table that nobody should find there: with control characters, or half of a surrogate pair. */
export function oddlyKept(items: Record<string, unknown>[]): string[] {
  const texts = items.flatMap((item) => Object.values(item)).filter((value) => typeof value === 'string');
  return texts.filter((text) => !text.isWellFormed() || /[^\P{Cc}\n\r\t]/u.test(text));
}
