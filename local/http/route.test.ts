import { matchRoute, type Route } from './route.ts';

/** Example routes of the developer guide's section on route evaluation. */
const routes = ['$default', 'ANY /{proxy+}', 'GET /pets/{proxy+}', 'GET /pets/dog/{id}', 'GET /pets/dog/1'].map(route);

function route(key: string): Route {
  const [method = '', path] = key.split(' ');
  const [actualMethod, actualPath] = path ? [method, path] : ['ANY', method];
  return { method: actualMethod, path: actualPath, functionName: key, qualifier: 'live' };
}

function matchingRoute(method: string, path: string, among = routes) {
  return matchRoute(among, method, path)?.route.functionName;
}

test.each([
  ['GET', '/pets/dog/1', 'GET /pets/dog/1'],
  ['GET', '/pets/dog/2', 'GET /pets/dog/{id}'],
  ['GET', '/pets/cat/1', 'GET /pets/{proxy+}'],
  ['POST', '/test/5', 'ANY /{proxy+}'],
  ['POST', '/', '$default'],
])('the most specific route answers %s %s', (method, path, expected) => {
  expect(matchingRoute(method, path)).toBe(expected);
});

test('an exact method wins over ANY', () => {
  expect(matchingRoute('GET', '/pets', [route('ANY /pets'), route('GET /pets')])).toBe('GET /pets');
});

test('another method, a longer path and a trailing slash do not match', () => {
  const only = [route('GET /pets')];
  expect(matchingRoute('POST', '/pets', only)).toBeUndefined();
  expect(matchingRoute('GET', '/pets/1', only)).toBeUndefined();
  expect(matchingRoute('GET', '/pets/', only)).toBeUndefined();
});

test('a greedy variable matches the rest of the path', () => {
  expect(matchRoute(routes, 'GET', '/pets/cat/1/toys')?.pathParameters).toEqual({ proxy: 'cat/1/toys' });
});
