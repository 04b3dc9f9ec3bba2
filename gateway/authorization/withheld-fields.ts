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
import type { WithheldFields } from '../engine/plan/program-of.ts';
import type { Requirement, Requirements } from './requirement.ts';

export interface AuthorizationRules {
  /** The schema that clients see. */
  schema: GraphQLSchema;
  requirements: Requirements;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
type IsMet = (requirement: Requirement) => boolean;

/** Returns the requirements that bear on an operation, each once: who meets all of them sees all of it. */
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
 * Returns the fields of a valid operation that are withheld from a viewer, without those inside of them. A type's name is
 * never withheld: where an object may be of a type that the viewer may not see, only its fields are.
 */
export function withheldFields(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  { schema, requirements }: AuthorizationRules,
  isMet: IsMet,
): WithheldFields {
  const withheld = new Set<FieldNode>();
  // Fields of a fragment are of the fragment's type wherever it is spread.
  const walked = new Set<string>();
  // Each requirement is looked at, so that those who collect them find all.
  const allows = (coordinate: string) => (requirements.get(coordinate) ?? []).map(isMet).every(Boolean);

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
    const mayBeSeen = [`${typeName}.${field.name}`, type].map(allows).every(Boolean);
    if (!mayBeSeen) withheld.add(node);
    else if (node.selectionSet) walk(node.selectionSet, type);
  }

  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root.name);
  return withheld;
}
