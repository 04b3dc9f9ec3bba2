/** The members of a line in CloudWatch's embedded metric format that are read here. */
interface MetricLine extends Record<string, unknown> {
  _aws: {
    CloudWatchMetrics: { Namespace?: string; Dimensions?: string[][]; Metrics?: { Name: string; Unit?: string }[] }[];
  };
}

/** A value of a metric that a function logged. */
export interface LoggedMetric {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
  value: number;
}

/** Sums the metrics that functions log in CloudWatch's embedded metric format since the start. */
export class Metrics {
  readonly #sums = new Map<string, number>();
  readonly #onMetric: (metric: LoggedMetric) => void;

  /** Calls `onMetric` with each value, once for each set of dimensions. */
  constructor(onMetric: (metric: LoggedMetric) => void = () => {}) {
    this.#onMetric = onMetric;
  }

  /** Adds the metrics of a log line; other lines are ignored. */
  add(line: string): void {
    if (!line.includes('"_aws"')) return;
    const fields = metricLine(line);
    for (const { Namespace = '', Dimensions = [], Metrics = [] } of fields?._aws.CloudWatchMetrics ?? []) {
      for (const set of Dimensions.length > 0 ? Dimensions : [[]])
        for (const { Name } of Metrics) this.#pass(Namespace, Name, set, fields ?? {});
      const dimensions = Dimensions.at(-1) ?? [];
      const labels = dimensions.map((name) => `${name}=${JSON.stringify(String(fields?.[name]))}`).join();
      for (const { Name, Unit } of Metrics) {
        const name = `graph_${snakeCase(Name)}${Unit === 'Milliseconds' ? '_milliseconds_sum' : '_total'}`;
        this.#addTo(`${name}{${labels}}`, Number(fields?.[Name]));
      }
    }
  }

  /** Returns the sums in Prometheus' text format, https://prometheus.io/docs/instrumenting/exposition_formats/ */
  text(): string {
    return [...this.#sums]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, value]) => `${name} ${value}\n`)
      .join('');
  }

  #pass(namespace: string, name: string, set: string[], fields: Record<string, unknown>): void {
    const dimensions = Object.fromEntries(set.map((each) => [each, String(fields[each])]));
    for (const value of [fields[name]].flat()) this.#onMetric({ namespace, name, dimensions, value: Number(value) });
  }

  #addTo(name: string, value: number): void {
    if (Number.isFinite(value)) this.#sums.set(name, (this.#sums.get(name) ?? 0) + value);
  }
}

function metricLine(line: string): MetricLine | undefined {
  try {
    const fields = JSON.parse(line) as Partial<MetricLine>;
    return Array.isArray(fields._aws?.CloudWatchMetrics) ? (fields as MetricLine) : undefined;
  } catch {
    return undefined;
  }
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
