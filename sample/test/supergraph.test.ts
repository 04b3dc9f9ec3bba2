import { type ConstDirectiveNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';
import { composeSupergraph } from '../../build/compose.ts';

const types = new Map(
  parse(composeSupergraph()).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
      ? [[definition.name.value, definition as ObjectTypeDefinitionNode]]
      : [],
  ),
);

/** What a directive says on a field, or on a type: an object for each time that it is there. */
function said(directive: string, type: string, field?: string): Record<string, unknown>[] {
  const node = field ? types.get(type)?.fields?.find(({ name }) => name.value === field) : types.get(type);
  if (!node) throw new Error(`There is no ${type}.${field}`);
  return (node.directives ?? []).filter(({ name }) => name.value === directive).map(argumentsOf);
}

function argumentsOf({ arguments: args = [] }: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(args.map(({ name, value }) => [name.value, 'value' in value ? value.value : value.kind]));
}

test('hints for caches come with the graph: what is a viewer’s own is private', () => {
  expect(said('cacheControl', 'Listing')).toEqual([{ maxAge: '60' }]);
  expect(said('cacheControl', 'Query', 'amenities')).toEqual([{ maxAge: '3600' }]);
  expect(said('cacheControl', 'ListingStats', 'revenue')).toEqual([{ maxAge: '60', scope: 'PRIVATE' }]);
  expect(said('cacheControl', 'Query', 'hostDashboard')).toEqual([{ maxAge: '0', scope: 'PRIVATE' }]);
});

test('a contract can leave out what is internal: all that clients cannot reach is tagged so', () => {
  const mutations = types.get('Mutation')?.fields?.map(({ name }) => name.value) ?? [];
  const tagged = mutations.filter((field) => said('tag', 'Mutation', field).some(({ name }) => name === 'internal'));
  const hidden = mutations.filter((field) => said('inaccessible', 'Mutation', field).length > 0);
  expect(tagged).toEqual(hidden);
  expect(hidden).toHaveLength(3);
});

test('what trends is asked of analytics, which took it over from listings', () => {
  expect(said('join__field', 'Query', 'trendingListings')).toMatchObject([
    { graph: 'ANALYTICS', override: 'listings' },
  ]);
});

test('every user has figures, by the interface alone', () => {
  const [analytics] = said('join__type', 'User').filter(({ graph }) => graph === 'ANALYTICS');
  expect(analytics).toMatchObject({ key: 'id', isInterfaceObject: true });
  expect(said('join__field', 'User', 'activity')).toEqual([{ graph: 'ANALYTICS' }]);
});

test('a field with an older name says which to use', () => {
  expect(said('deprecated', 'Booking', 'locationReview')[0]?.reason).toContain('`listingReview`');
});
