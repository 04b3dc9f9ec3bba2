import { Kind, parse } from 'graphql';
import { composeSupergraph } from '../../build/compose.ts';
import { cacheHints } from '../../gateway/caching/cache-hints.ts';
import { operationCachePolicy } from '../../gateway/caching/operation-caching.ts';
import { fragmentsIn, makeProgram, operationOfDocument } from '../../gateway/engine/plan/make-program.ts';
import { Planner } from '../../gateway/engine/plan/planner.ts';
import { readSupergraph } from '../../gateway/engine/plan/supergraph.ts';

/** Tests of the composed supergraph. */

const supergraphSdl = composeSupergraph();
const supergraph = parse(supergraphSdl);
const model = readSupergraph(supergraphSdl);
const planner = new Planner(model);

/** Returns the services of an operation's query plan, in the order of its fetches. */
function servicesFor(query: string): string[] {
  return makeProgram(parse(query), undefined, model, planner).fetches.map(({ service }) => service);
}

function cachingFor(query: string) {
  const document = parse(query);
  const rules = { schema: model.schema, hints: cacheHints(supergraph) };
  return operationCachePolicy(operationOfDocument(document), fragmentsIn(document), rules);
}

test.each<[string, string[]]>([
  // Overridden: the listings service also has this field.
  ['{ trendingListings { id } }', ['analytics']],
  // Analytics has an interface object for users.
  ['{ user(id: "1") { activity { __typename } } }', ['accounts', 'analytics']],
])('%s is planned for %j', (query, services) => {
  expect(servicesFor(query)).toEqual(services);
});

test.each(['{ amenities { id } }', '{ listing(id: "1") { title } }'])(
  'a response to %s can be shared between viewers',
  (query) => {
    const { maxAge, scope } = cachingFor(query);
    expect(maxAge).toBeGreaterThan(0);
    expect(scope).toBe('PUBLIC');
  },
);

test.each([
  '{ me { id } }',
  '{ wallet { balance { amount } } }',
  '{ hostDashboard { totals { bookings } } }',
  '{ listing(id: "1") { stats(from: "2026-01-01", to: "2026-02-01") { revenue { amount } } } }',
])('a response to %s cannot be shared between viewers', (query) => {
  const { maxAge, scope } = cachingFor(query);
  expect(scope === 'PRIVATE' || maxAge === 0).toBe(true);
});

test('all inaccessible mutations are tagged as internal, so that a contract can exclude them', () => {
  const mutation = supergraph.definitions.find(
    (each) => each.kind === Kind.OBJECT_TYPE_DEFINITION && each.name.value === 'Mutation',
  );
  const fields = (mutation?.kind === Kind.OBJECT_TYPE_DEFINITION && mutation.fields) || [];
  const withDirective = (name: string, argument: RegExp) =>
    fields
      .filter(({ directives = [] }) =>
        directives.some((each) => each.name.value === name && argument.test(JSON.stringify(each.arguments))),
      )
      .map(({ name: { value } }) => value);
  const hidden = withDirective('inaccessible', /./);
  expect(withDirective('tag', /"internal"/)).toEqual(hidden);
  expect(hidden).not.toEqual([]);
});
