/** The members of a line in CloudWatch's embedded metric format that are read here. */
interface MetricLine extends Record<string, unknown> {
  _aws: { CloudWatchMetrics: { Dimensions?: string[][]; Metrics?: { Name: string; Unit?: string }[] }[] };
}

/** Sums the metrics that functions log in CloudWatch's embedded metric format since the start. */
export class Metrics {
  readonly #sums = new Map<string, number>();

  /** Adds the metrics of a log line; other lines are ignored. */
  add(line: string): void {
    if (!line.includes('"_aws"')) return;
    const fields = metricLine(line);
    for (const { Dimensions = [], Metrics = [] } of fields?._aws.CloudWatchMetrics ?? []) {
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
