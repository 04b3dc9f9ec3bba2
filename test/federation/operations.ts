import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isLeafType,
  isNonNullType,
  isObjectType,
  OverlappingFieldsCanBeMergedRule,
  parse,
  validate,
} from 'graphql';

/** Operation with the values of its variables. */
export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/** Variables of generated operations; only those in use are declared. */
const VARIABLES: Record<string, { type: string; values: fc.Arbitrary<unknown> }> = {
  yes: { type: 'Boolean!', values: fc.boolean() },
  no: { type: 'Boolean! = false', values: fc.option(fc.boolean(), { nil: undefined }) },
  count: { type: 'Int! = 2', values: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }) },
};

/** Generates valid operations with aliases, arguments, variables, named and inline fragments, and conditions. */
export function operations(schema: GraphQLSchema): fc.Arbitrary<Operation> {
  const root = schema.getQueryType();
  if (!root) throw new Error('The schema has no queries');
  const values = fc.record(Object.fromEntries(Object.entries(VARIABLES).map(([name, each]) => [name, each.values])));
  return fc
    .tuple(selectionSet(schema, root, 4), fragments(schema), values)
    .map(([selections, named, variables]) => operation(selections, named, variables))
    .filter(({ query }) => validate(schema, parse(query), [OverlappingFieldsCanBeMergedRule]).length === 0);
}

type Fragments = Record<string, string>;

const FRAGMENT_TYPES = ['Book', 'Film', 'Author', 'Work', 'Medium', 'Found', 'Remark'];

function fragments(schema: GraphQLSchema): fc.Arbitrary<Fragments> {
  const bodies = FRAGMENT_TYPES.map((name) => {
    const type = schema.getType(name);
    return [name, type ? selectionSet(schema, type, 1, false) : fc.constant('{ __typename }')] as const;
  });
  return fc.record(Object.fromEntries(bodies));
}

function operation(selections: string, named: Fragments, given: Record<string, unknown>): Operation {
  const used = FRAGMENT_TYPES.filter((name) => selections.includes(`...F${name} `));
  const texts = used.map((name) => `fragment F${name} on ${name} ${named[name]}`);
  const body = [selections, ...texts].join('\n');
  const declared = Object.keys(VARIABLES).filter((name) => body.includes(`$${name}`));
  const definitions = declared.map((name) => `$${name}: ${VARIABLES[name]?.type}`).join(', ');
  const variables = Object.fromEntries(
    declared.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  );
  return { query: `query ${definitions && `(${definitions})`} ${body}`, variables };
}

function selectionSet(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  depth: number,
  spreads = true,
): fc.Arbitrary<string> {
  const fields = isCompositeType(type) && 'getFields' in type ? Object.values(type.getFields()) : [];
  const usable = fields.filter((field) => depth > 0 || isLeafType(getNamedType(field.type)));
  const choices: fc.Arbitrary<string>[] = [
    fc.constantFrom('__typename', 't: __typename'),
    ...usable.flatMap((field) => {
      const one = fieldSelection(schema, field, depth);
      return [one, one];
    }),
    ...(depth > 0 ? typeConditions(schema, type).map((each) => inlineFragment(schema, each, depth)) : []),
    ...(spreads && depth > 0
      ? typeConditions(schema, type)
          .filter((each) => FRAGMENT_TYPES.includes(each.name))
          .map((each) => fc.constant(`...F${each.name} `))
      : []),
  ];
  return fc
    .array(fc.tuple(fc.oneof(...choices), condition()), { minLength: 1, maxLength: 4 })
    .map((selections) => `{ ${selections.map(([selection, when]) => withCondition(selection, when)).join(' ')} }`);
}

/** Returns type conditions that are valid in a selection on a type. */
function typeConditions(schema: GraphQLSchema, type: GraphQLNamedType): GraphQLNamedType[] {
  if (isAbstractType(type)) return [type, ...schema.getPossibleTypes(type)];
  return isObjectType(type) ? [type, ...type.getInterfaces()] : [];
}

function inlineFragment(schema: GraphQLSchema, type: GraphQLNamedType, depth: number): fc.Arbitrary<string> {
  return selectionSet(schema, type, depth - 1).map((selections) => `... on ${type.name} ${selections}`);
}

function fieldSelection(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  depth: number,
): fc.Arbitrary<string> {
  const type = getNamedType(field.type);
  const below = isCompositeType(type) ? selectionSet(schema, type, depth - 1) : fc.constant('');
  return fc
    .tuple(alias(), args(field.args), below)
    .map(([as, given, selections]) => `${as}${field.name}${given}${selections}`);
}

/** Aliases are often names of other fields, for as many conflicts as validation allows. */
function alias(): fc.Arbitrary<string> {
  const names = ['id', 'isbn', 'title', 'price', 'weight', 'x', 'y', 'place'];
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    { weight: 2, arbitrary: fc.constantFrom(...names).map((name) => `${name}: `) },
  );
}

function args(declared: readonly GraphQLArgument[]): fc.Arbitrary<string> {
  if (declared.length === 0) return fc.constant('');
  const each = declared.map((argument) => {
    const isRequired = isNonNullType(argument.type) && argument.defaultValue === undefined;
    const value = argumentValue(argument).map((text) => `${argument.name}: ${text}`);
    return isRequired ? value : fc.option(value, { nil: '' });
  });
  return fc.tuple(...each).map((given) => (given.some(Boolean) ? `(${given.filter(Boolean).join(', ')})` : ''));
}

function argumentValue({ name, type }: GraphQLArgument): fc.Arbitrary<string> {
  const named = getNamedType(type);
  if (isEnumType(named)) return fc.constantFrom(...named.getValues().map((value) => value.name));
  if (named.name === 'Int') return fc.constantFrom('0', '1', '2', '3', '$count');
  return name === 'isbn'
    ? fc.constantFrom('"isbn-b1"', '"isbn-b2"', '"isbn-b4"', '"none"')
    : fc.constantFrom('"a1"', '"a2"', '"o"', '"Film"');
}

function condition(): fc.Arbitrary<string> {
  const conditions = [
    '@include(if: $yes)',
    '@skip(if: $yes)',
    '@include(if: $no)',
    '@skip(if: $no)',
    '@skip(if: true)',
    '@include(if: true)',
  ];
  return fc.oneof({ weight: 8, arbitrary: fc.constant('') }, { weight: 2, arbitrary: fc.constantFrom(...conditions) });
}

/** Inserts a condition before the selection set, if any. */
function withCondition(selection: string, when: string): string {
  const brace = selection.indexOf('{');
  return brace < 0 ? `${selection} ${when}` : `${selection.slice(0, brace)} ${when} ${selection.slice(brace)}`;
}
