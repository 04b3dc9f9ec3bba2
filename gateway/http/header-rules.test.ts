import { HEADER_RULES } from '../defaults/header-rules.ts';
import { forwardedHeaders, type MergeRule, ReturnedHeaders } from './header-rules.ts';

const toClient = (merge: MergeRule) =>
  new ReturnedHeaders({ toSubgraphs: [], toClient: [{ header: 'X-Thing', merge }] });

describe('header rules', () => {
  test('forward and return no other headers', () => {
    expect(forwardedHeaders({ authorization: 'a', cookie: 'b' }, HEADER_RULES)).toBeUndefined();
    const returned = new ReturnedHeaders(HEADER_RULES);
    returned.add({ 'set-cookie': ['a=b'], 'x-thing': '1' });
    expect(returned.entries()).toEqual([]);
  });

  test('can rename a forwarded header', () => {
    const rules = { toSubgraphs: [{ header: 'Accept-Language' }, { header: 'X-App', as: 'x-client' }], toClient: [] };
    expect(forwardedHeaders({ 'accept-language': 'de', 'x-app': 'web', cookie: 'a' }, rules)).toEqual({
      'accept-language': 'de',
      'x-client': 'web',
    });
  });

  test.each([
    ['first', ['1']],
    ['last', ['2']],
    ['all', ['1', '2']],
  ] as const)('merge the values of two subgraphs: %s', (merge, expected) => {
    const returned = toClient(merge);
    returned.add({ 'x-thing': '1' });
    returned.add({});
    returned.add({ 'x-thing': '2' });
    expect(returned.entries()).toEqual([['x-thing', expected]]);
  });

  test('return the shortest Cache-Control of the subgraphs', () => {
    const returned = toClient('shortest');
    returned.add({ 'x-thing': 'public, max-age=60' });
    returned.add({ 'x-thing': 'max-age=5' });
    expect(returned.entries()).toEqual([['x-thing', ['max-age=5']]]);
    returned.add({ 'x-thing': 'no-store' });
    expect(returned.entries()).toEqual([['x-thing', ['no-store']]]);
  });
});
