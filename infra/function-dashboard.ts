import { Dashboard, GraphWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

interface Figure {
  title: string;
  metricName: string;
  statistic: string;
}

const FIGURES: Figure[] = [
  { title: 'Invocations', metricName: 'Invocations', statistic: 'Sum' },
  { title: 'Errors', metricName: 'Errors', statistic: 'Sum' },
  { title: 'Throttles', metricName: 'Throttles', statistic: 'Sum' },
  { title: 'Duration, p99 (ms)', metricName: 'Duration', statistic: 'p99' },
  { title: 'Environments at once', metricName: 'ConcurrentExecutions', statistic: 'Maximum' },
];

/** A dashboard with a chart of each figure, in which each function has a line. */
export class FunctionDashboard extends Construct {
  constructor(scope: Construct, id: string, props: { name: string; functionNames: string[] }) {
    super(scope, id);
    const charts = FIGURES.map((figure) => chart(figure, props.functionNames));
    new Dashboard(this, 'Charts', { dashboardName: props.name, widgets: charts.map((each) => [each]) });
  }
}

function chart({ title, metricName, statistic }: Figure, functionNames: string[]): GraphWidget {
  const left = functionNames.map(
    (FunctionName) =>
      new Metric({
        namespace: 'AWS/Lambda',
        metricName,
        statistic,
        dimensionsMap: { FunctionName },
        label: FunctionName,
      }),
  );
  return new GraphWidget({ title, left, width: 24 });
}
