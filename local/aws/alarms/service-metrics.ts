import type { FunctionCall } from '../lambda/lambda-service.ts';
import type { QueueCounts } from '../sqs/queue-store.ts';
import type { Metric, MetricStore } from './metric-store.ts';

/** Metrics of AWS services that the local run counts, by namespace. */
const COUNTED: Record<string, string[]> = {
  'AWS/Lambda': ['Invocations', 'Errors', 'Throttles', 'Duration'],
  'AWS/SQS': ['Visible', 'NotVisible', 'Delayed'].map((state) => `ApproximateNumberOfMessages${state}`),
};

/** Returns whether the local run has the values of a metric: those that functions log, and some of AWS services. */
export function isCounted({ namespace, name }: Pick<Metric, 'namespace' | 'name'>): boolean {
  return !namespace.startsWith('AWS/') || (COUNTED[namespace] ?? []).includes(name);
}

/**
 * Records the metrics that Lambda emits for an invocation: of the function, of the alias or version by which it was invoked, and
 * of the version that ran behind an alias. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function recordCall(
  metrics: MetricStore,
  { functionName, qualifier, version, outcome, duration }: FunctionCall,
): void {
  const ofFunction = { FunctionName: functionName };
  const ofResource = qualifier && { ...ofFunction, Resource: `${functionName}:${qualifier}` };
  const ofVersion = ofResource && qualifier !== version && { ...ofResource, ExecutedVersion: version };
  const values: Record<string, number> =
    outcome === 'throttle'
      ? { Throttles: 1 }
      : { Invocations: 1, Errors: outcome === 'error' ? 1 : 0, Throttles: 0, Duration: duration };
  for (const dimensions of [ofFunction, ofResource, ofVersion])
    for (const [name, value] of Object.entries(values))
      if (dimensions) metrics.record({ namespace: 'AWS/Lambda', name, dimensions }, value);
}

/** Returns the metrics that SQS emits for a queue, https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export function queueMetrics(
  queueName: string,
  { visible, inFlight, delayed }: QueueCounts,
): { metric: Metric; value: number }[] {
  const values = { Visible: visible, NotVisible: inFlight, Delayed: delayed };
  return Object.entries(values).map(([state, value]) => ({
    metric: {
      namespace: 'AWS/SQS',
      name: `ApproximateNumberOfMessages${state}`,
      dimensions: { QueueName: queueName },
    },
    value,
  }));
}
