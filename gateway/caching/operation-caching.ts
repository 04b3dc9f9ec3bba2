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
  /** The schema that clients see. */
  schema: GraphQLSchema;
  hints: CacheHints;
}

interface Scope extends CachingRules {
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

type Restriction = Pick<CacheHint, 'maxAge' | 'scope'>;

/**
 * How long the answer of an operation may be kept: the strictest of what bears on it counts, whatever the variables. What has
 * no hint is not kept, but a leaf as long as its object;
 * https://www.apollographql.com/docs/apollo-server/performance/caching#calculating-cache-behavior
 */
export function operationCachePolicy(
  { operation, selectionSet }: OperationDefinitionNode,
  fragments: Scope['fragments'],
  rules: CachingRules,
): CachePolicy {
  const root = operation === OperationTypeNode.QUERY && rules.schema.getQueryType();
  const all = root ? restrictionsIn(selectionSet, root.name, { ...rules, fragments }, true) : [];
  const ages = all.flatMap(({ maxAge }) => maxAge ?? []);
  const isPrivate = all.some(({ scope }) => scope === 'PRIVATE');
  return { maxAge: ages.length > 0 ? Math.min(...ages) : 0, scope: isPrivate ? 'PRIVATE' : 'PUBLIC' };
}

function restrictionsIn(set: SelectionSetNode, typeName: string, scope: Scope, isRoot = false): Restriction[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      const { own, type } = fieldRestriction(selection.name.value, typeName, scope, isRoot);
      return [own, ...(selection.selectionSet ? restrictionsIn(selection.selectionSet, type, scope) : [])];
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? scope.fragments.get(selection.name.value) : selection;
    if (!fragment) return [];
    return restrictionsIn(fragment.selectionSet, fragment.typeCondition?.name.value ?? typeName, scope, isRoot);
  });
}

function fieldRestriction(name: string, typeName: string, { schema, hints }: Scope, isRoot: boolean) {
  const parent = schema.getType(typeName);
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  // The schema itself may change with any deployment; an object's type name says no more than the object.
  if (!field) return { own: name === '__typename' ? {} : { maxAge: 0 }, type: '' };
  const type = getNamedType(field.type);
  const owners = [
    typeName,
    ...(isAbstractType(parent) ? schema.getPossibleTypes(parent).map((each) => each.name) : []),
  ];
  const onField = owners.flatMap((owner) => hints.get(`${owner}.${name}`) ?? []);
  const said = [...onField, ...(hints.has(type.name) ? [hints.get(type.name) ?? {}] : [])];
  // A field's own hint goes before its type's.
  const ages = (onField.some(({ maxAge }) => maxAge !== undefined) ? onField : said).flatMap(
    ({ maxAge }) => maxAge ?? [],
  );
  const inherits = said.some(({ inheritMaxAge }) => inheritMaxAge) || (!isCompositeType(type) && !isRoot);
  const own: Restriction = {
    ...(ages.length > 0 ? { maxAge: Math.min(...ages) } : !inherits && { maxAge: 0 }),
    ...(said.some(({ scope }) => scope === 'PRIVATE') && { scope: 'PRIVATE' as const }),
  };
  return { own, type: type.name };
}
