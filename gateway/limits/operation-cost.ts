import {
  type ArgumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import type { CostHints, ListSize } from './cost-hints.ts';
import { type CostNode, follow, type SizeSource } from './estimate.ts';

export interface CostRules {
  schema: GraphQLSchema;
  hints: CostHints;
  /** Length of a list that nothing is known of. */
  assumedListSize: number;
}

const MUTATION_COST = 10;
const ONE: CostNode['size'] = { sources: [], otherwise: 1 };

/**
 * The cost of an operation, by the rules of https://ibm.github.io/graphql-specs/cost-spec.html: an object costs 1, a leaf
 * nothing, a list its length times an item, a mutation 10 on top; `@cost` and `@listSize` say otherwise.
 */
export function costOf(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  rules: CostRules,
): CostNode {
  const root = rules.schema.getRootType(operation.operation);
  const scope: Scope = { rules, fragments, defaults: defaultsOf(operation) };
  const own = operation.operation === 'mutation' ? MUTATION_COST : 0;
  return { own, size: ONE, children: childrenOf(operation.selectionSet, root?.name ?? '', scope, new Map()) };
}

interface Scope {
  rules: CostRules;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Default values of the operation's variables. */
  defaults: ReadonlyMap<string, unknown>;
}

type SizedFields = ReadonlyMap<string, CostNode['size']>;

function childrenOf({ selections }: SelectionSetNode, typeName: string, scope: Scope, sized: SizedFields): CostNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return fieldCost(selection, typeName, scope, sized) ?? [];
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? scope.fragments.get(selection.name.value) : selection;
    if (!fragment) return [];
    return childrenOf(fragment.selectionSet, fragment.typeCondition?.name.value ?? typeName, scope, sized);
  });
}

/** Undefined for introspection, which costs the subgraphs nothing. */
function fieldCost(node: FieldNode, typeName: string, scope: Scope, sized: SizedFields): CostNode | undefined {
  const { schema, hints } = scope.rules;
  const parent = schema.getType(typeName);
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
  if (!field) return undefined;
  const coordinate = `${typeName}.${field.name}`;
  const listSize = hints.listSizes.get(coordinate);
  const slice = listSize && sliceOf(listSize, node, field, scope);
  const below = new Map((slice ? (listSize.sizedFields ?? []) : []).map((name) => [name, slice ?? ONE]));
  const type = getNamedType(field.type);
  const ofType = hints.weights.get(type.name) ?? (isCompositeType(type) ? 1 : 0);
  const ofArguments = (node.arguments ?? []).map(({ name }) => hints.weights.get(`${coordinate}(${name.value}:)`) ?? 0);
  return {
    own: ofArguments.reduce((sum, weight) => sum + weight, hints.weights.get(coordinate) ?? ofType),
    size: sized.get(node.name.value) ?? ownSize(field, slice, scope),
    children: node.selectionSet ? childrenOf(node.selectionSet, type.name, scope, below) : [],
  };
}

function ownSize(
  { type }: GraphQLField<unknown, unknown>,
  slice: CostNode['size'] | undefined,
  { rules }: Scope,
): CostNode['size'] {
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  return isList ? (slice ?? { sources: [], otherwise: rules.assumedListSize }) : ONE;
}

function sliceOf(
  { slicingArguments = [], assumedSize }: ListSize,
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  scope: Scope,
): CostNode['size'] {
  const sources = slicingArguments.flatMap((argument) => {
    const [name = '', ...path] = argument.split('.');
    const given = node.arguments?.find((each) => each.name.value === name);
    const byDefault = field.args.find((each) => each.name === name)?.defaultValue;
    return given ? sourcesOf(given, path, scope) : numbers(follow(byDefault, path));
  });
  return { sources, otherwise: assumedSize ?? scope.rules.assumedListSize };
}

function sourcesOf({ value }: ArgumentNode, path: string[], { defaults }: Scope): SizeSource[] {
  let node: ValueNode | undefined = value;
  for (const [i, step] of path.entries()) {
    if (node?.kind === Kind.VARIABLE) return fromVariable(node.name.value, path.slice(i), defaults);
    node = node?.kind === Kind.OBJECT ? node.fields.find(({ name }) => name.value === step)?.value : undefined;
  }
  if (node?.kind === Kind.VARIABLE) return fromVariable(node.name.value, [], defaults);
  return node?.kind === Kind.INT ? [Number(node.value)] : [];
}

function fromVariable(variable: string, path: string[], defaults: ReadonlyMap<string, unknown>): SizeSource[] {
  const [byDefault] = numbers(follow(defaults.get(variable), path));
  return [{ variable, path, ...(byDefault !== undefined && { byDefault }) }];
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Map<string, unknown> {
  return new Map(
    variableDefinitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
}

function numbers(value: unknown): number[] {
  return typeof value === 'number' ? [value] : [];
}
