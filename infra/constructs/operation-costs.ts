import { LogQueryVisualizationType, LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { type Price, pricesOf } from '../../cost/prices.ts';
import { type Settings, serviceName } from '../settings.ts';

/** Functions that serve requests, without graph and stage: the gateway and the subgraphs. */
type Services = readonly string[];

/**
 * Table of what a million requests of each operation cost, from the line that the gateway and each subgraph log per request:
 * Lambda and the door. Tables and events are not in these lines.
 */
export function operationCosts(settings: Settings, services: Services): LogQueryWidget {
  const { region, date, prices } = pricesOf();
  const { lambdaRequest, lambdaArm, functionUrlRequest, cloudFrontRequest, wafRequest } = prices;
  const door = [functionUrlRequest, ...(settings.edge ? [cloudFrontRequest, wafRequest] : [])].map(dollarsOf);
  const perRequest = door.reduce((sum, dollars) => sum + dollars, 0);
  return new LogQueryWidget({
    title: `A million requests, US dollars for Lambda and the door (${region}, ${date}; without tables and events)`,
    logGroupNames: services.map((each) => `/aws/lambda/${serviceName(settings, each)}`),
    view: LogQueryVisualizationType.TABLE,
    width: 24,
    height: 8,
    queryLines: [
      'filter message = "answered" and ispresent(memory)',
      `fields Latency / 1000 * memory / 1024 * ${decimal(dollarsOf(lambdaArm))} + ${decimal(dollarsOf(lambdaRequest))} as dollars`,
      // Only the gateway's line has the operation.
      'stats sum(dollars) as sum, count(*) as calls, latest(operation) as name by requestId',
      'filter ispresent(name)',
      `stats count(*) as requests, avg(calls) as functions, (avg(sum) + ${decimal(perRequest)}) * 1000000 as million by name`,
      'sort million desc',
    ],
  });
}

function dollarsOf({ dollars, per }: Price): number {
  return dollars / per;
}

/** Logs Insights has no exponents. */
function decimal(value: number): string {
  return value.toFixed(12).replace(/\.?0+$/, '');
}
