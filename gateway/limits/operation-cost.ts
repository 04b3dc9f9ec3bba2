import {
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
  valueFromASTUntyped,
} from 'graphql';
import type { CostHints, ListSize } from './cost-hints.ts';
import type { CostNode, Size } from './estimate-cost.ts';
import { sizeSources, type VariableDefaults } from './size-sources.ts';

export interface CostRules {
  schema: GraphQLSchema;
  hints: CostHints;
  /** Assumed length of a list without a hint in the schema. */
  assumedListSize: number;
}

const MUTATION_COST = 10;
const ONE: Size = { sources: [], otherwise: 1 };

/**
 * Computes the cost of an operation by https://ibm.github.io/graphql-specs/cost-spec.html: an object costs 1, a scalar 0, a
 * list its length times an item, a mutation 10 more; `@cost`, `@listSize` and `@listBound` override these.
 */
export function operationCost(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  rules: CostRules,
): CostNode {
  const root = rules.schema.getRootType(operation.operation);
  const scope: Scope = { rules, fragments, defaults: defaultsOf(operation) };
  const weight = operation.operation === 'mutation' ? MUTATION_COST : 0;
  return { weight, size: ONE, children: childCosts(operation.selectionSet, root?.name ?? '', scope, new Map()) };
}

interface Scope {
  rules: CostRules;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  defaults: VariableDefaults;
}

type SizedFields = ReadonlyMap<string, Size>;

function childCosts({ selections }: SelectionSetNode, typeName: string, scope: Scope, sized: SizedFields): CostNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return fieldCost(selection, typeName, scope, sized) ?? [];
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? scope.fragments.get(selection.name.value) : selection;
    if (!fragment) return [];
    return childCosts(fragment.selectionSet, fragment.typeCondition?.name.value ?? typeName, scope, sized);
  });
}

/** Returns undefined for introspection, which does not call subgraphs. */
function fieldCost(node: FieldNode, typeName: string, scope: Scope, sized: SizedFields): CostNode | undefined {
  const { schema, hints } = scope.rules;
  const parent = schema.getType(typeName);
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
  if (!field) return undefined;
  const coordinate = `${typeName}.${field.name}`;
  const listSize = hints.listSizes.get(coordinate);
  const slice = listSize && sliceOf(listSize, node, field, scope);
  const sizedChildren = new Map((slice ? (listSize.sizedFields ?? []) : []).map((name) => [name, slice ?? ONE]));
  const type = getNamedType(field.type);
  const ofType = hints.weights.get(type.name) ?? (isCompositeType(type) ? 1 : 0);
  const ofArguments = (node.arguments ?? []).map(({ name }) => hints.weights.get(`${coordinate}(${name.value}:)`) ?? 0);
  return {
    weight: ofArguments.reduce((sum, weight) => sum + weight, hints.weights.get(coordinate) ?? ofType),
    size: sized.get(node.name.value) ?? sizeOf(field, slice, scope),
    children: node.selectionSet ? childCosts(node.selectionSet, type.name, scope, sizedChildren) : [],
  };
}

function sizeOf({ type }: GraphQLField<unknown, unknown>, slice: Size | undefined, { rules }: Scope): Size {
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  return isList ? (slice ?? { sources: [], otherwise: rules.assumedListSize }) : ONE;
}

function sliceOf(
  listSize: ListSize,
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { rules, defaults }: Scope,
): Size {
  const { maximum, assumedSize = maximum ?? rules.assumedListSize } = listSize;
  const sources = sizeSources(listSize, node, field, defaults);
  return { sources, otherwise: assumedSize, ...(maximum !== undefined && { maximum }) };
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Map<string, unknown> {
  return new Map(
    variableDefinitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
}
