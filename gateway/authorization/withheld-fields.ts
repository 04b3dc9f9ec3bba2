import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { WithheldFields } from '../engine/plan/make-program.ts';
import type { Requirement, Requirements } from './requirement.ts';

export interface AuthorizationRules {
  /** The API schema. */
  schema: GraphQLSchema;
  requirements: Requirements;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
type IsSatisfied = (requirement: Requirement) => boolean;

/** Returns the distinct requirements of an operation: a viewer who satisfies all of them may see every field. */
export function requirementsOf(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  rules: AuthorizationRules,
): Requirement[] {
  const found = new Map<string, Requirement>();
  withheldFields(operation, fragments, rules, (each) => found.set(JSON.stringify(each), each).size > 0);
  return [...found.values()];
}

/**
 * Returns the outermost withheld fields of a valid operation. `__typename` is never withheld: of an abstract type with a
 * withheld object type, only that type's fields are.
 */
export function withheldFields(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  { schema, requirements }: AuthorizationRules,
  isSatisfied: IsSatisfied,
): WithheldFields {
  const withheld = new Set<FieldNode>();
  // A fragment's type condition decides, wherever it is spread, so each is visited once.
  const walked = new Set<string>();
  // No short circuit: requirementsOf collects all requirements.
  const allows = (coordinate: string) => (requirements.get(coordinate) ?? []).map(isSatisfied).every(Boolean);

  function walk({ selections }: SelectionSetNode, typeName: string): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) walkField(selection, typeName);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        walk(selection.selectionSet, selection.typeCondition?.name.value ?? typeName);
      else walkFragment(selection.name.value);
    }
  }

  function walkFragment(name: string): void {
    const fragment = fragments.get(name);
    if (!fragment || walked.has(name)) return;
    walked.add(name);
    walk(fragment.selectionSet, fragment.typeCondition.name.value);
  }

  function walkField(node: FieldNode, typeName: string): void {
    const parent = schema.getType(typeName);
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (!field) return;
    const type = getNamedType(field.type).name;
    const isAllowed = [`${typeName}.${field.name}`, type].map(allows).every(Boolean);
    if (!isAllowed) withheld.add(node);
    else if (node.selectionSet) walk(node.selectionSet, type);
  }

  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root.name);
  return withheld;
}
