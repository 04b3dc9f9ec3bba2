import { optionalEnv } from '../env.ts';

/** Metrics of one request. */
export interface Measurement {
  /** Additional dimensions: metrics are recorded by service, and by service with these. */
  dimensions?: Record<string, string>;
  counts: Record<string, number>;
  milliseconds: Record<string, number>;
  /** Other properties of the log line, without metrics. */
  properties: Record<string, unknown>;
}

/**
 * Writes a log line from which CloudWatch extracts metrics;
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function measure(message: string, { dimensions = {}, counts, milliseconds, properties }: Measurement): void {
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
  // For the cost of operations on the gateway's dashboard.
  const memory = Number(optionalEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE') ?? 0);
  writeLine(message, { _aws, memory, ...dimensions, ...counts, ...milliseconds, ...properties });
}

/** Writes the log line of a response without metrics. */
export function logAnswer(properties: Record<string, unknown>): void {
  writeLine('answered', properties);
}

function writeLine(message: string, properties: Record<string, unknown>): void {
  const service = optionalEnv('POWERTOOLS_SERVICE_NAME') ?? 'unknown';
  process.stdout.write(`${JSON.stringify({ level: 'INFO', message, service, ...properties })}\n`);
}

let isCold = true;

/** Returns 1 for the first request of an environment, 0 for all others. */
export function coldStart(): number {
  const count = Number(isCold);
  isCold = false;
  return count;
}
