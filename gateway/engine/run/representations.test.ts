import type { EntityFetch } from '../program.ts';
import { representationShape } from './representation.ts';
import { Representations } from './representations.ts';

const fetch = (more: Partial<EntityFetch> = {}): EntityFetch => ({
  representation: [{ types: ['Book', 'Film', 'Media'], select: [{ field: '__typename' }, { field: 'id' }] }],
  selection: '',
  definitions: {},
  ...more,
});

test('an entity stands in the list once, whoever needs it', () => {
  const [list, shape] = [new Representations(), representationShape(fetch())];
  const ids = ['1', '2', '1'];
  expect(ids.map((id) => list.placeOf({ __typename: 'Book', id }, shape))).toEqual([0, 1, 0]);
  expect(list.text).toBe('[{"__typename":"Book","id":"1"},{"__typename":"Book","id":"2"}]');
});

test('under two type names that the subgraph knows by one, it is one entity', () => {
  const typenames = [{ types: ['Book', 'Film'], sentAs: 'Media' }];
  const [list, shape] = [new Representations(), representationShape(fetch({ typenames }))];
  const names = ['Book', 'Media', 'Film'];
  expect(names.map((__typename) => list.placeOf({ __typename, id: '1' }, shape))).toEqual([0, 0, 0]);
  expect(list.size).toBe(1);
});

test('in two shapes that come to the same, it is one entity', () => {
  const list = new Representations();
  const places = [1, 2].map(() => list.placeOf({ __typename: 'Book', id: '1' }, representationShape(fetch())));
  expect(places).toEqual([0, 0]);
});

test('an object without its key is no entity', () => {
  expect(new Representations().placeOf({ __typename: 'Book' }, representationShape(fetch()))).toBeUndefined();
});
