import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { constantCondition } from './conditions.ts';
import type { SourceNames } from './source-names.ts';

/** The most selections that an operation may come to, its fragments written out. */
const MAX_SELECTIONS = 20_000;

/** What is known of an object where selections stand. */
interface Scope {
  /** The type that its fields are those of. */
  type: GraphQLNamedType;
  /** All types that it may be. */
  possible: readonly string[];
  isRoot: boolean;
}

/**
 * The operation that is planned for a client's: fragments written out, or dropped where they select nothing or match no
 * object; `__typename` in place of what is withheld; and each field under its source name. The planner knows less of
 * conditions inside conditions, and fails on some. Throws a GraphQLError if the operation comes to too much.
 */
export class PlannedOperation {
  readonly document: DocumentNode;
  readonly #schema: GraphQLSchema;
  readonly #sourceOf: SourceNames;
  readonly #withheld: ReadonlySet<FieldNode>;
  readonly #fragments: Map<string, FragmentDefinitionNode>;
  #selections = 0;

  constructor(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    schema: GraphQLSchema,
    sourceOf: SourceNames,
    withheld: ReadonlySet<FieldNode>,
  ) {
    this.#schema = schema;
    this.#sourceOf = sourceOf;
    this.#withheld = withheld;
    const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((each) => [each.name.value, each]));
    const root = schema.getRootType(operation.operation);
    const selections = root ? this.#expand(operation.selectionSet, this.#scopeOf(root, true)) : [];
    this.document = { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet: selectionSet(selections) }] };
  }

  #expand({ selections }: SelectionSetNode, scope: Scope): SelectionNode[] {
    return selections.flatMap((node) => {
      this.#selections += 1;
      if (this.#selections > MAX_SELECTIONS) throw tooLarge();
      const directives = conditional(node.directives ?? []);
      if (directives === 'never') return [];
      return node.kind === Kind.FIELD ? this.#field(node, directives, scope) : this.#fragment(node, directives, scope);
    });
  }

  #field(node: FieldNode, directives: DirectiveNode[], scope: Scope): SelectionNode[] {
    const { alias: _, selectionSet: selected, ...rest } = node;
    const name = node.name.value;
    // What is asked of the root type or of the schema is known here.
    if (name.startsWith('__') && (scope.isRoot || name !== '__typename')) return [];
    // The object is still wanted, and its type, if a fragment says so: to know whether the field stands in the answer.
    if (this.#withheld.has(node)) return scope.isRoot ? [] : [TYPENAME];
    const source = this.#sourceOf(node);
    const field = {
      ...rest,
      directives,
      ...(source !== name && { alias: { kind: Kind.NAME as const, value: source } }),
    };
    const type = selected && this.#typeOf(name, scope.type);
    if (!type) return [field];
    const selections = this.#expand(selected, this.#scopeOf(type));
    // The planner takes a field for left out when all that is selected in it is.
    const all = selections.some(isUnconditional) ? selections : [TYPENAME, ...selections];
    return [{ ...field, selectionSet: selectionSet(all) }];
  }

  #fragment(node: InlineFragmentNode | FragmentSpreadNode, directives: DirectiveNode[], scope: Scope): SelectionNode[] {
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(node.name.value) : node;
    const name = fragment?.typeCondition?.name.value;
    const condition = name === undefined ? scope.type : this.#schema.getType(name);
    if (!fragment || !condition) return [];
    const possible = this.#possible(condition);
    const inside = scope.possible.filter((each) => possible.includes(each));
    if (inside.length === 0 && scope.possible.length > 0) return [];
    const isNeedless = condition === scope.type || this.#isAbove(condition, scope.type);
    const selections = this.#expand(
      fragment.selectionSet,
      isNeedless ? scope : { type: condition, possible: inside, isRoot: false },
    );
    if (selections.length === 0) return [];
    if (isNeedless && directives.length === 0) return selections;
    const typeCondition = isNeedless ? {} : { typeCondition: namedType(condition.name) };
    return [{ kind: Kind.INLINE_FRAGMENT, ...typeCondition, directives, selectionSet: selectionSet(selections) }];
  }

  #scopeOf(type: GraphQLNamedType, isRoot = false): Scope {
    return { type, possible: this.#possible(type), isRoot };
  }

  #possible(type: GraphQLNamedType): string[] {
    return isAbstractType(type) ? this.#schema.getPossibleTypes(type).map(({ name }) => name) : [type.name];
  }

  #isAbove(condition: GraphQLNamedType, type: GraphQLNamedType): boolean {
    return (
      isAbstractType(condition) &&
      (isObjectType(type) || isInterfaceType(type)) &&
      this.#schema.isSubType(condition, type)
    );
  }

  #typeOf(field: string, type: GraphQLNamedType): GraphQLNamedType | undefined {
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
    return definition && getNamedType(definition.type);
  }
}

/** Directives without the conditions that always hold; `never` if one never does. */
function conditional(directives: readonly DirectiveNode[]): DirectiveNode[] | 'never' {
  const constants = directives.map(constantCondition);
  return constants.includes(false) ? 'never' : directives.filter((_, index) => constants[index] === undefined);
}

function isUnconditional(node: SelectionNode): boolean {
  if (node.directives?.length) return false;
  return node.kind !== Kind.INLINE_FRAGMENT || node.selectionSet.selections.some(isUnconditional);
}

function selectionSet(selections: SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}

function namedType(value: string) {
  return { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value } } as const;
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function tooLarge(): GraphQLError {
  return new GraphQLError(`The operation selects more than ${MAX_SELECTIONS} fields: ask for less at a time.`, {
    extensions: { code: 'OPERATION_TOO_COMPLEX', http: { status: 400 } },
  });
}
