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
import { type DeferredFragments, isDefer } from './deferred-fragments.ts';
import type { SelectionRules } from './selections.ts';
import type { SourceNames } from './source-names.ts';

/** Maximum number of selections after fragments are inlined. */
const MAX_SELECTIONS = 20_000;

/** Static type of the object that selections apply to. */
interface Scope {
  type: GraphQLNamedType;
  /** Names of its possible object types. */
  possible: readonly string[];
  isRoot: boolean;
}

/**
 * A client's operation rewritten for the planner, which fails on some nested type conditions: fragments are inlined, or
 * dropped if they select nothing or match no object; withheld fields become `__typename`; each field is aliased to its
 * source name; `@defer` gets the planner's labels. Throws a GraphQLError if the operation has too many selections.
 */
export class PlannedOperation {
  readonly document: DocumentNode;
  readonly #schema: GraphQLSchema;
  readonly #sourceOf: SourceNames;
  readonly #withheld: ReadonlySet<FieldNode>;
  readonly #deferred: DeferredFragments;
  readonly #fragments: Map<string, FragmentDefinitionNode>;
  #selections = 0;

  constructor(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    { schema, sourceOf, withheld, deferred }: SelectionRules & { schema: GraphQLSchema },
  ) {
    this.#schema = schema;
    this.#sourceOf = sourceOf;
    this.#withheld = withheld;
    this.#deferred = deferred;
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
      if (node.kind === Kind.FIELD) return this.#field(node, directives, scope);
      return this.#fragment(node, this.#plannedDirectives(node, directives), scope);
    });
  }

  #field(node: FieldNode, directives: DirectiveNode[], scope: Scope): SelectionNode[] {
    const { alias: _, selectionSet: selected, ...rest } = node;
    const name = node.name.value;
    // The gateway resolves introspection and the root type's name itself.
    if (name.startsWith('__') && (scope.isRoot || name !== '__typename')) return [];
    // The object and its type are still fetched: they decide whether the withheld field is part of the response.
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
    // The planner drops a field if all of its selections are conditional.
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
    const isRedundant = condition === scope.type || this.#isSupertype(condition, scope.type);
    const selections = this.#expand(
      fragment.selectionSet,
      isRedundant ? scope : { type: condition, possible: inside, isRoot: false },
    );
    if (selections.length === 0) return [];
    if (isRedundant && directives.length === 0) return selections;
    const typeCondition = isRedundant ? {} : { typeCondition: namedType(condition.name) };
    return [{ kind: Kind.INLINE_FRAGMENT, ...typeCondition, directives, selectionSet: selectionSet(selections) }];
  }

  #plannedDirectives(node: InlineFragmentNode | FragmentSpreadNode, directives: DirectiveNode[]): DirectiveNode[] {
    const index = this.#deferred.indexOf(node);
    if (index === undefined) return directives;
    return [...directives.filter((each) => !isDefer(each)), this.#deferred.plannedDirective(index)];
  }

  #scopeOf(type: GraphQLNamedType, isRoot = false): Scope {
    return { type, possible: this.#possible(type), isRoot };
  }

  #possible(type: GraphQLNamedType): string[] {
    return isAbstractType(type) ? this.#schema.getPossibleTypes(type).map(({ name }) => name) : [type.name];
  }

  #isSupertype(condition: GraphQLNamedType, type: GraphQLNamedType): boolean {
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

/** Removes conditions that always hold; returns `never` if one never does. */
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
  return new GraphQLError(`The operation selects more than ${MAX_SELECTIONS} fields. Select fewer fields.`, {
    extensions: { code: 'OPERATION_TOO_COMPLEX', http: { status: 400 } },
  });
}
