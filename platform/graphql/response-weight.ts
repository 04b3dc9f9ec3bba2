import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** A field of an operation, with its part of the response. */
export interface FieldWeight {
  name: string;
  /** Arguments that size its list, or all arguments if the schema has no hint. */
  args: string[];
  /** Characters of JSON. */
  weight: number;
}

/** Minimum part of the response to be reported. */
const MIN_SHARE = 0.5;

/** Returns the fields with arguments that make up most of a response, the heaviest first; if there are none, the heaviest one. */
export function heaviestFields(
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
  schema: GraphQLSchema,
  data: Record<string, unknown>,
): FieldWeight[] {
  const weights = new Map<string, FieldWeight>();
  const sizedBy = sizingArguments(document, schema);
  const fragments = new Map(
    document.definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment.selectionSet]),
  );

  function weigh(selectionSet: SelectionSetNode | undefined, value: unknown): void {
    if (Array.isArray(value)) for (const item of value) weigh(selectionSet, item);
    else if (typeof value === 'object' && value !== null)
      for (const selection of selectionSet?.selections ?? []) {
        if (selection.kind === Kind.FIELD) weighField(selection, value as Record<string, unknown>);
        else if (selection.kind === Kind.INLINE_FRAGMENT) weigh(selection.selectionSet, value);
        else weigh(fragments.get(selection.name.value), value);
      }
  }

  function weighField(node: FieldNode, parent: Record<string, unknown>): void {
    const value = parent[node.alias?.value ?? node.name.value];
    if (value === undefined) return;
    const args = sizedBy.get(node);
    if (args) {
      const known = weights.get(node.name.value) ?? { name: node.name.value, args, weight: 0 };
      known.weight += JSON.stringify(value).length;
      weights.set(known.name, known);
    }
    weigh(node.selectionSet, value);
  }

  weigh(operation?.selectionSet, data);
  const heaviest = [...weights.values()].sort((one, other) => other.weight - one.weight);
  const bound = JSON.stringify(data).length * MIN_SHARE;
  const heavy = heaviest.filter(({ weight }) => weight >= bound);
  return heavy.length > 0 ? heavy : heaviest.slice(0, 1);
}

/** Returns the sizing arguments by field, except for `_entities`, which the gateway selects. */
function sizingArguments(document: DocumentNode, schema: GraphQLSchema): Map<FieldNode, string[]> {
  const found = new Map<FieldNode, string[]>();
  const types = new TypeInfo(schema);
  const enter = (node: FieldNode) => {
    const field = types.getFieldDef();
    if (!field || field.name === '_entities' || field.args.length === 0) return;
    found.set(node, declaredArguments(field) ?? field.args.map(({ name }) => name));
  };
  visit(document, visitWithTypeInfo(types, { Field: { enter } }));
  return found;
}

/** Returns the arguments named by `@listSize` and `@listBound`. */
function declaredArguments({ astNode }: GraphQLField<unknown, unknown>): string[] | undefined {
  const names = (astNode?.directives ?? [])
    .filter(({ name }) => /(^|__)list(Size|Bound)$/.test(name.value))
    .flatMap((directive) => [...namesIn(directive, 'slicingArguments'), ...namesIn(directive, 'days')]);
  return names.length > 0 ? names : undefined;
}

function namesIn(directive: ConstDirectiveNode, argument: string): string[] {
  const given = directive.arguments?.find(({ name }) => name.value === argument);
  const names: unknown = given && valueFromASTUntyped(given.value);
  return Array.isArray(names) ? names : [];
}
