import { Dashboard, GraphWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metricsNamespace, type Settings, serviceName } from '../settings.ts';

interface Figure {
  title: string;
  metricName: string;
  statistic: string;
}

/** What Lambda says of functions. */
const OF_FUNCTIONS: Figure[] = [
  { title: 'Invocations', metricName: 'Invocations', statistic: 'Sum' },
  { title: 'Errors', metricName: 'Errors', statistic: 'Sum' },
  { title: 'Throttles', metricName: 'Throttles', statistic: 'Sum' },
  { title: 'Duration, p99 (ms)', metricName: 'Duration', statistic: 'p99' },
  { title: 'Environments at once', metricName: 'ConcurrentExecutions', statistic: 'Maximum' },
];

/** What services say of their requests: `platform/telemetry/metrics.ts`. */
const OF_SERVICES: Figure[] = [
  { title: 'Requests', metricName: 'Requests', statistic: 'Sum' },
  { title: 'Requests with errors', metricName: 'Errors', statistic: 'Sum' },
  { title: 'Latency, p99 (ms)', metricName: 'Latency', statistic: 'p99' },
  { title: 'Cold starts', metricName: 'ColdStarts', statistic: 'Sum' },
];

export interface FunctionDashboardProps {
  settings: Settings;
  /** What the dashboard is called after the graph and the stage. */
  name: string;
  /** Functions, as they are called after the graph and the stage. */
  functions: string[];
  /** Of these functions, those that answer requests. */
  services: string[];
}

/** A dashboard with a chart of each figure, in which each function has a line. */
export class FunctionDashboard extends Construct {
  constructor(scope: Construct, id: string, { settings, name, functions, services }: FunctionDashboardProps) {
    super(scope, id);
    const charts = [
      ...OF_SERVICES.map((figure) => chart(figure, metricsNamespace(settings), 'service', services)),
      ...OF_FUNCTIONS.map((figure) =>
        chart(
          figure,
          'AWS/Lambda',
          'FunctionName',
          functions.map((each) => serviceName(settings, each)),
        ),
      ),
    ];
    new Dashboard(this, 'Charts', {
      dashboardName: serviceName(settings, name),
      widgets: charts.map((each) => [each]),
    });
  }
}

function chart(
  { title, metricName, statistic }: Figure,
  namespace: string,
  dimension: string,
  values: string[],
): GraphWidget {
  const left = values.map(
    (value) => new Metric({ namespace, metricName, statistic, dimensionsMap: { [dimension]: value }, label: value }),
  );
  return new GraphWidget({ title, left, width: 24 });
}
