import { Dashboard, GraphWidget, type IWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metricsNamespace, type Settings, serviceName } from '../settings.ts';

interface Figure {
  title: string;
  metricName: string;
  statistic: string;
}

/** Metrics that Lambda emits. */
const FUNCTION_METRICS: Figure[] = [
  { title: 'Invocations', metricName: 'Invocations', statistic: 'Sum' },
  { title: 'Errors', metricName: 'Errors', statistic: 'Sum' },
  { title: 'Throttles', metricName: 'Throttles', statistic: 'Sum' },
  { title: 'Duration, p99 (ms)', metricName: 'Duration', statistic: 'p99' },
  { title: 'Environments at once', metricName: 'ConcurrentExecutions', statistic: 'Maximum' },
];

/** Metrics of a function URL, https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html */
const URL_METRICS: Figure[] = [
  { title: 'HTTP requests', metricName: 'UrlRequestCount', statistic: 'Sum' },
  { title: 'HTTP errors of clients (4xx)', metricName: 'Url4xxCount', statistic: 'Sum' },
  { title: 'HTTP errors of the server (5xx)', metricName: 'Url5xxCount', statistic: 'Sum' },
  { title: 'HTTP latency, p99 (ms)', metricName: 'UrlRequestLatency', statistic: 'p99' },
];

/** Metrics that services emit: `platform/telemetry/metrics.ts`. */
const SERVICE_METRICS: Figure[] = [
  { title: 'Requests', metricName: 'Requests', statistic: 'Sum' },
  { title: 'Requests with errors', metricName: 'Errors', statistic: 'Sum' },
  { title: 'Latency, p99 (ms)', metricName: 'Latency', statistic: 'p99' },
  { title: 'Cold starts', metricName: 'ColdStarts', statistic: 'Sum' },
];

export interface FunctionDashboardProps {
  settings: Settings;
  /** Last part of the dashboard's name, after graph and stage. */
  name: string;
  /** Names of functions, without graph and stage. */
  functions: string[];
  /** The functions that serve requests. */
  services: string[];
  /** Further widgets, above the charts. */
  widgets?: IWidget[];
  /** The function that has a URL, if any. */
  url?: string;
}

/** Dashboard with a chart per metric and a line per function. */
export class FunctionDashboard extends Construct {
  constructor(scope: Construct, id: string, props: FunctionDashboardProps) {
    super(scope, id);
    const { settings, name, functions, services, url, widgets = [] } = props;
    const ofFunctions = (figures: Figure[], names: string[]) =>
      figures.map((figure) =>
        chart(
          figure,
          'AWS/Lambda',
          'FunctionName',
          names.map((each) => serviceName(settings, each)),
        ),
      );
    const charts = [
      ...SERVICE_METRICS.map((figure) => chart(figure, metricsNamespace(settings), 'service', services)),
      ...(url ? ofFunctions(URL_METRICS, [url]) : []),
      ...ofFunctions(FUNCTION_METRICS, functions),
    ];
    new Dashboard(this, 'Charts', {
      dashboardName: serviceName(settings, name),
      widgets: [...widgets, ...charts].map((each) => [each]),
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
