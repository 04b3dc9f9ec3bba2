import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Requirement, Requirements } from './requirements.ts';

/** Response keys from the top, without places in lists. */
export type FieldPath = readonly string[];

/** The fields of an operation that a viewer may not see. Nothing of them is fetched, and their values are null. */
export interface WithheldFields {
  /** These fields, and those that have nothing left below them. */
  fields: ReadonlySet<FieldNode>;
  /** Where the client is told that it may not see something. */
  refused: FieldPath[];
}

export interface AuthorizationRules {
  /** The schema that clients see. */
  schema: GraphQLSchema;
  requirements: Requirements;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
type IsMet = (requirement: Requirement) => boolean;

/** The requirements that bear on an operation, each once: who meets all of them sees all of it. */
export function requirementsOf(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  rules: AuthorizationRules,
): Requirement[] {
  const found = new Map<string, Requirement>();
  const note = (requirement: Requirement) => found.set(JSON.stringify(requirement), requirement).size > 0;
  new Walk(fragments, rules, note).operation(operation);
  return [...found.values()];
}

/** The fields of a valid operation that are withheld from a viewer. Fragments are walked each time they are spread. */
export function withheldFields(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  rules: AuthorizationRules,
  isMet: IsMet,
): WithheldFields {
  const walk = new Walk(fragments, rules, isMet);
  walk.operation(operation);
  return walk;
}

/** One walk through an operation. */
class Walk implements WithheldFields {
  readonly fields = new Set<FieldNode>();
  readonly refused: FieldPath[] = [];
  readonly #fragments: Fragments;
  readonly #rules: AuthorizationRules;
  readonly #isMet: IsMet;

  constructor(fragments: Fragments, rules: AuthorizationRules, isMet: IsMet) {
    this.#fragments = fragments;
    this.#rules = rules;
    this.#isMet = isMet;
  }

  operation({ operation, selectionSet }: OperationDefinitionNode): void {
    const root = this.#rules.schema.getRootType(operation);
    if (root) this.#selections(selectionSet, root.name, []);
  }

  /** Whether anything is left. */
  #selections({ selections }: SelectionSetNode, typeName: string, path: FieldPath): boolean {
    return selections.map((each) => this.#selection(each, typeName, path)).some(Boolean);
  }

  #selection(selection: SelectionNode, typeName: string, path: FieldPath): boolean {
    if (selection.kind === Kind.FIELD) {
      const isLeft = this.#field(selection, typeName, path);
      if (!isLeft) this.fields.add(selection);
      return isLeft;
    }
    const fragment = this.#fragmentOf(selection);
    const type = fragment?.typeCondition?.name.value ?? typeName;
    if (!fragment) return false;
    if (this.#allows(type)) return this.#selections(fragment.selectionSet, type, path);
    this.refused.push(path);
    this.#withhold(fragment.selectionSet);
    return false;
  }

  #field(node: FieldNode, typeName: string, parentPath: FieldPath): boolean {
    const parent = this.#rules.schema.getType(typeName);
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (!field) return true;
    const path = [...parentPath, node.alias?.value ?? node.name.value];
    const type = getNamedType(field.type).name;
    if (this.#allows(`${typeName}.${field.name}`) && this.#allows(type))
      return node.selectionSet ? this.#selections(node.selectionSet, type, path) : true;
    this.refused.push(path);
    return false;
  }

  #withhold({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) this.fields.add(selection);
      else this.#withhold(this.#fragmentOf(selection)?.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] });
    }
  }

  #fragmentOf(selection: Exclude<SelectionNode, FieldNode>) {
    return selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
  }

  #allows(coordinate: string): boolean {
    return (this.#rules.requirements.get(coordinate) ?? []).map(this.#isMet).every(Boolean);
  }
}
