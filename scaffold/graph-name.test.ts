import { graphNameFault, maxServiceName } from './graph-name.ts';

test.each(['acme', 'a1', 'acme-shop', 'x'.repeat(20)])('accepts the graph name %s', (name) => {
  expect(graphNameFault(name)).toBeUndefined();
});

test.each([
  ['Acme Shop', /Perhaps "acme-shop"\?/],
  ['1st-shop', /Perhaps "st-shop"\?/],
  ['acme--shop', /Perhaps "acme-shop"\?/],
  ['-', /is not a valid graph name/],
  ['', /is not a valid graph name/],
  ['a', /is 1 characters long; .* 2 to 20/],
  ['x'.repeat(21), /is 21 characters long/],
  ['awsome', /AWS reserves/],
])('rejects the graph name %p with the reason', (name, reason) => {
  expect(graphNameFault(name)).toMatch(reason);
});

test.each(['ab', 'acme', 'x'.repeat(20)])(
  'event rules between any two services of the graph %s fit the limit of AWS names',
  (graph) => {
    const service = 's'.repeat(maxServiceName(graph));
    expect(`${graph}-prod-${service}-from-${service}`.length).toBeLessThanOrEqual(64);
    expect(service.length).toBeGreaterThan(14);
  },
);
