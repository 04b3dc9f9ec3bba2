import { graphNameFault, maxServiceName } from './graph-name.ts';

test.each(['acme', 'a1', 'acme-shop', 'x'.repeat(20)])('a graph may be called %s', (name) => {
  expect(graphNameFault(name)).toBeUndefined();
});

test.each([
  ['Acme Shop', /Perhaps "acme-shop"\?/],
  ['1st-shop', /Perhaps "st-shop"\?/],
  ['acme--shop', /Perhaps "acme-shop"\?/],
  ['-', /is no name for a graph/],
  ['', /is no name for a graph/],
  ['a', /has 1 characters; .* 2 to 20/],
  ['x'.repeat(21), /has 21 characters/],
  ['awsome', /AWS reserves/],
])('a graph is not called %p, and the reason is told', (name, reason) => {
  expect(graphNameFault(name)).toMatch(reason);
});

test.each(['ab', 'acme', 'x'.repeat(20)])(
  'a rule of the graph %s between any two services has a name that AWS allows',
  (graph) => {
    const service = 's'.repeat(maxServiceName(graph));
    expect(`${graph}-prod-${service}-from-${service}`.length).toBeLessThanOrEqual(64);
    expect(service.length).toBeGreaterThan(14);
  },
);
