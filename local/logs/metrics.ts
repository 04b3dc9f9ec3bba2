/** A line of CloudWatch's embedded metric format, as far as it is read here. */
interface MetricLine extends Record<string, unknown> {
  _aws: { CloudWatchMetrics: { Dimensions?: string[][]; Metrics?: { Name: string; Unit?: string }[] }[] };
}

/** The figures of the functions since the start, from what they log in CloudWatch's embedded metric format. */
export class Metrics {
  readonly #sums = new Map<string, number>();

  /** Takes in a line that a function wrote; any other than a metric line says nothing. */
  note(line: string): void {
    if (!line.includes('"_aws"')) return;
    const fields = metricLine(line);
    for (const { Dimensions = [], Metrics = [] } of fields?._aws.CloudWatchMetrics ?? []) {
      const dimensions = Dimensions.at(-1) ?? [];
      const labels = dimensions.map((name) => `${name}=${JSON.stringify(String(fields?.[name]))}`).join();
      for (const { Name, Unit } of Metrics) {
        const name = `graph_${snakeCase(Name)}${Unit === 'Milliseconds' ? '_milliseconds_sum' : '_total'}`;
        this.#add(`${name}{${labels}}`, Number(fields?.[Name]));
      }
    }
  }

  /** The figures in Prometheus' text format, https://prometheus.io/docs/instrumenting/exposition_formats/ */
  text(): string {
    return [...this.#sums]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, value]) => `${name} ${value}\n`)
      .join('');
  }

  #add(name: string, value: number): void {
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
