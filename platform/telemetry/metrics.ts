import { optionalEnv } from '../env.ts';

/** What happened in one request, to be counted. */
export interface Measured {
  /** The metrics are kept for the service, and for the service with these. */
  dimensions?: Record<string, string>;
  counts: Record<string, number>;
  milliseconds: Record<string, number>;
  /** What else the log line says: no metrics are made of it. */
  properties: Record<string, unknown>;
}

/**
 * Writes one log line of which CloudWatch makes metrics, for the cost of a line;
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function measure(message: string, { dimensions = {}, counts, milliseconds, properties }: Measured): void {
  const service = optionalEnv('POWERTOOLS_SERVICE_NAME') ?? 'unknown';
  const more = Object.keys(dimensions);
  const metrics = [
    ...Object.keys(counts).map((Name) => ({ Name, Unit: 'Count' })),
    ...Object.keys(milliseconds).map((Name) => ({ Name, Unit: 'Milliseconds' })),
  ];
  const directive = {
    Namespace: optionalEnv('METRICS_NAMESPACE') ?? 'Graph',
    Dimensions: [['service'], ...(more.length > 0 ? [['service', ...more]] : [])],
    Metrics: metrics,
  };
  const _aws = { Timestamp: Date.now(), CloudWatchMetrics: [directive] };
  const line = { level: 'INFO', message, _aws, service, ...dimensions, ...counts, ...milliseconds, ...properties };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

let isCold = true;

/** 1 in the first request of an environment, 0 in all others. */
export function coldStart(): number {
  const count = Number(isCold);
  isCold = false;
  return count;
}
