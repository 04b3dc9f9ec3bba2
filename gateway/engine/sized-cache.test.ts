import { SizedCache } from './sized-cache.ts';

describe('a sized cache', () => {
  test('lets go of what was used longest ago when it is full', () => {
    const cache = new SizedCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    cache.get('a');
    cache.set('c', 'C', 4);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual(['A', undefined, 'C']);
  });

  test('keeps nothing that is larger than all of it', () => {
    const cache = new SizedCache<string>(10);
    cache.set('large', 'L', 11);
    expect(cache.get('large')).toBeUndefined();
    cache.set('small', 'S', 10);
    expect(cache.get('small')).toBe('S');
  });
});
