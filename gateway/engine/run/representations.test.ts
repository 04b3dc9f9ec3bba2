import type { EntityFetch } from '../program.ts';
import { representationShape } from './representation.ts';
import { Representations } from './representations.ts';

const fetch = (more: Partial<EntityFetch> = {}): EntityFetch => ({
  representation: [{ types: ['Book', 'Film', 'Media'], select: [{ field: '__typename' }, { field: 'id' }] }],
  selection: '',
  definitions: {},
  ...more,
});

test('repeated entities share one representation', () => {
  const [list, shape] = [new Representations(), representationShape(fetch())];
  const ids = ['1', '2', '1'];
  expect(ids.map((id) => list.add({ __typename: 'Book', id }, shape))).toEqual([0, 1, 0]);
  expect(list.text).toBe('[{"__typename":"Book","id":"1"},{"__typename":"Book","id":"2"}]');
});

test('types that map to one subgraph type share representations', () => {
  const typenames = [{ types: ['Book', 'Film'], sentAs: 'Media' }];
  const [list, shape] = [new Representations(), representationShape(fetch({ typenames }))];
  const names = ['Book', 'Media', 'Film'];
  expect(names.map((__typename) => list.add({ __typename, id: '1' }, shape))).toEqual([0, 0, 0]);
  expect(list.size).toBe(1);
});

test('equal shapes share representations', () => {
  const list = new Representations();
  const indexes = [1, 2].map(() => list.add({ __typename: 'Book', id: '1' }, representationShape(fetch())));
  expect(indexes).toEqual([0, 0]);
});

test('an object without its key has no representation', () => {
  expect(new Representations().add({ __typename: 'Book' }, representationShape(fetch()))).toBeUndefined();
});
