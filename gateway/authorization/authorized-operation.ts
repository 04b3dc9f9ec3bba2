import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
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

/** An operation without the fields that a viewer may not see. */
export interface AuthorizedOperation {
  /** What is left, with its fragments; undefined where nothing is. */
  document: DocumentNode | undefined;
  /** Fields that were taken away: their values are null. */
  refused: FieldPath[];
}

export interface AuthorizationRules {
  /** The schema that clients see. */
  schema: GraphQLSchema;
  requirements: Requirements;
}

/** The requirements that bear on an operation, each once: who meets all of them sees all of it. */
export function requirementsOf(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  rules: AuthorizationRules,
): Requirement[] {
  const found = new Map<string, Requirement>();
  const walk = new Walk(fragments, rules, (requirement) => {
    found.set(JSON.stringify(requirement), requirement);
    return true;
  });
  walk.operation(operation);
  return [...found.values()];
}

/**
 * Takes the fields away that the viewer may not see, and those that have nothing left below them: nothing of them is
 * fetched. The operation must be valid, and small: fragments are walked each time they are spread.
 */
export function authorizedOperation(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  rules: AuthorizationRules,
  isMet: (requirement: Requirement) => boolean,
): AuthorizedOperation {
  const walk = new Walk(fragments, rules, isMet);
  const left = walk.operation(operation);
  const document: DocumentNode | undefined = left && {
    kind: Kind.DOCUMENT,
    definitions: [left, ...walk.fragmentsLeft.values()],
  };
  return { document, refused: walk.refused };
}

/** The error of a field that was taken away. */
export function refusal(path: FieldPath): GraphQLError {
  return new GraphQLError('Unauthorized field or type', {
    path,
    extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
  });
}

/** One walk through an operation. */
class Walk {
  readonly refused: FieldPath[] = [];
  readonly fragmentsLeft = new Map<string, FragmentDefinitionNode>();
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #rules: AuthorizationRules;
  readonly #isMet: (requirement: Requirement) => boolean;

  constructor(
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    rules: AuthorizationRules,
    isMet: (requirement: Requirement) => boolean,
  ) {
    this.#fragments = fragments;
    this.#rules = rules;
    this.#isMet = isMet;
  }

  operation(operation: OperationDefinitionNode): OperationDefinitionNode | undefined {
    const root = this.#rules.schema.getRootType(operation.operation);
    const selectionSet = root && this.#selections(operation.selectionSet, root.name, []);
    return selectionSet ? { ...operation, selectionSet } : undefined;
  }

  #selections(selectionSet: SelectionSetNode, typeName: string, path: FieldPath): SelectionSetNode | undefined {
    const selections = selectionSet.selections.flatMap((each) => this.#selection(each, typeName, path) ?? []);
    return selections.length > 0 ? { ...selectionSet, selections } : undefined;
  }

  #selection(selection: SelectionNode, typeName: string, path: FieldPath): SelectionNode | undefined {
    if (selection.kind === Kind.FIELD) return this.#field(selection, typeName, path);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = this.#fragments.get(selection.name.value);
      const left = fragment && this.#fragment(fragment.selectionSet, fragment.typeCondition.name.value, path);
      if (!fragment || !left) return undefined;
      this.fragmentsLeft.set(selection.name.value, { ...fragment, selectionSet: left });
      return selection;
    }
    const left = this.#fragment(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, path);
    return left && { ...selection, selectionSet: left };
  }

  #fragment(selectionSet: SelectionSetNode, typeName: string, path: FieldPath): SelectionSetNode | undefined {
    if (this.#allows(typeName)) return this.#selections(selectionSet, typeName, path);
    this.refused.push(path);
    return undefined;
  }

  #field(node: FieldNode, typeName: string, parentPath: FieldPath): FieldNode | undefined {
    const parent = this.#rules.schema.getType(typeName);
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (!field) return node;
    const path = [...parentPath, node.alias?.value ?? node.name.value];
    const type = getNamedType(field.type).name;
    if (!this.#allows(`${typeName}.${field.name}`) || !this.#allows(type)) {
      this.refused.push(path);
      return undefined;
    }
    if (!node.selectionSet) return node;
    const selectionSet = this.#selections(node.selectionSet, type, path);
    return selectionSet && { ...node, selectionSet };
  }

  #allows(coordinate: string): boolean {
    return (this.#rules.requirements.get(coordinate) ?? []).map(this.#isMet).every(Boolean);
  }
}
