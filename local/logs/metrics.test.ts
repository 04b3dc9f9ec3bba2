import { type LoggedMetric, Metrics } from './metrics.ts';

const line = (fields: object) =>
  JSON.stringify({
    level: 'INFO',
    message: 'answered',
    _aws: {
      Timestamp: 1,
      CloudWatchMetrics: [
        {
          Namespace: 'Graph',
          Dimensions: [['service'], ['service', 'operation']],
          Metrics: [
            { Name: 'Requests', Unit: 'Count' },
            { Name: 'SubgraphCalls', Unit: 'Count' },
            { Name: 'Latency', Unit: 'Milliseconds' },
          ],
        },
      ],
    },
    service: 'gateway',
    ...fields,
  });

test('metric lines are summed by their most specific dimensions', () => {
  const metrics = new Metrics();
  metrics.add(line({ operation: 'Stay', Requests: 1, SubgraphCalls: 3, Latency: 12 }));
  metrics.add(line({ operation: 'Stay', Requests: 1, SubgraphCalls: 2, Latency: 8 }));
  metrics.add(line({ operation: 'Stays "x"', Requests: 1, SubgraphCalls: 1, Latency: 1 }));
  expect(metrics.text().split('\n')).toContain('graph_requests_total{service="gateway",operation="Stay"} 2');
  expect(metrics.text()).toContain('graph_subgraph_calls_total{service="gateway",operation="Stay"} 5\n');
  expect(metrics.text()).toContain('graph_latency_milliseconds_sum{service="gateway",operation="Stay"} 20\n');
  expect(metrics.text()).toContain('graph_requests_total{service="gateway",operation="Stays \\"x\\""} 1\n');
});

test('each value is passed on once for each set of dimensions', () => {
  const passed: LoggedMetric[] = [];
  const metrics = new Metrics((metric) => passed.push(metric));
  metrics.add(line({ operation: 'Stay', Requests: 1, SubgraphCalls: [2, 3], Latency: 12 }));
  const calls = passed.filter(({ name }) => name === 'SubgraphCalls');
  const [service, both] = [{ service: 'gateway' }, { service: 'gateway', operation: 'Stay' }];
  expect(calls.map(({ namespace, dimensions, value }) => [namespace, dimensions, value])).toEqual([
    ['Graph', service, 2],
    ['Graph', service, 3],
    ['Graph', both, 2],
    ['Graph', both, 3],
  ]);
  expect(passed).toHaveLength(8);
});

test.each(['plain', '{"_aws":', '{"_aws":{}}', '{"_aws":{"CloudWatchMetrics":[{}]}}'])(
  'other lines are ignored: %s',
  (text) => {
    const metrics = new Metrics();
    expect(() => metrics.add(text)).not.toThrow();
    expect(metrics.text()).toBe('');
  },
);
