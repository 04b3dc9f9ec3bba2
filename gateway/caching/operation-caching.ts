import {
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import type { CacheHint, CacheHints } from './cache-hints.ts';
import type { CachePolicy } from './cache-policy.ts';

export interface CachingRules {
  /** The API schema. */
  schema: GraphQLSchema;
  hints: CacheHints;
}

interface Scope extends CachingRules {
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

type Restriction = Pick<CacheHint, 'maxAge' | 'scope'>;

/**
 * Returns the cache policy of an operation's response: the shortest age and strictest scope of its fields, regardless of
 * variables. An object field without a hint is not cached; a scalar field inherits from its parent;
 * https://www.apollographql.com/docs/apollo-server/performance/caching#calculating-cache-behavior
 */
export function operationCachePolicy(
  { operation, selectionSet }: OperationDefinitionNode,
  fragments: Scope['fragments'],
  rules: CachingRules,
): CachePolicy {
  const root = operation !== OperationTypeNode.MUTATION && rules.schema.getRootType(operation);
  const all = root ? restrictionsIn(selectionSet, root.name, { ...rules, fragments }, true) : [];
  const ages = all.flatMap(({ maxAge }) => maxAge ?? []);
  const isPrivate = all.some(({ scope }) => scope === 'PRIVATE');
  return { maxAge: ages.length > 0 ? Math.min(...ages) : 0, scope: isPrivate ? 'PRIVATE' : 'PUBLIC' };
}

function restrictionsIn(set: SelectionSetNode, typeName: string, scope: Scope, isRoot = false): Restriction[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      const { restriction, type } = fieldRestriction(selection.name.value, typeName, scope, isRoot);
      return [restriction, ...(selection.selectionSet ? restrictionsIn(selection.selectionSet, type, scope) : [])];
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? scope.fragments.get(selection.name.value) : selection;
    if (!fragment) return [];
    return restrictionsIn(fragment.selectionSet, fragment.typeCondition?.name.value ?? typeName, scope, isRoot);
  });
}

function fieldRestriction(name: string, typeName: string, { schema, hints }: Scope, isRoot: boolean) {
  const parent = schema.getType(typeName);
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  // Introspection results change with deployments; __typename is as cacheable as its object.
  if (!field) return { restriction: name === '__typename' ? {} : { maxAge: 0 }, type: '' };
  const type = getNamedType(field.type);
  const owners = [
    typeName,
    ...(isAbstractType(parent) ? schema.getPossibleTypes(parent).map((each) => each.name) : []),
  ];
  const onField = owners.flatMap((owner) => hints.get(`${owner}.${name}`) ?? []);
  const hintsOfField = [...onField, ...(hints.has(type.name) ? [hints.get(type.name) ?? {}] : [])];
  // A hint on the field overrides its type's.
  const ages = (onField.some(({ maxAge }) => maxAge !== undefined) ? onField : hintsOfField).flatMap(
    ({ maxAge }) => maxAge ?? [],
  );
  const inherits = hintsOfField.some(({ inheritMaxAge }) => inheritMaxAge) || (!isCompositeType(type) && !isRoot);
  const restriction: Restriction = {
    ...(ages.length > 0 ? { maxAge: Math.min(...ages) } : !inherits && { maxAge: 0 }),
    ...(hintsOfField.some(({ scope }) => scope === 'PRIVATE') && { scope: 'PRIVATE' as const }),
  };
  return { restriction, type: type.name };
}
