import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import { type Access, AwsError, type AwsService, operationOf, runOperation } from '../aws-service.ts';
import { queryOf, queryResponse, stringsIn } from '../query-protocol.ts';
import { ALARM_STATES } from './alarm-definition.ts';
import { alarmDescription } from './alarm-description.ts';
import type { Alarms } from './alarms.ts';

type Input = Record<string, unknown>;

const NAMESPACE = 'http://monitoring.amazonaws.com/doc/2010-08-01/';
const DEFAULT_PAGE = 50;

/**
 * CloudWatch's operations on alarms, https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html, in its
 * JSON and query protocols.
 */
export class CloudWatchApi implements AwsService {
  readonly #alarms: Alarms;

  constructor(alarms: Alarms) {
    this.#alarms = alarms;
  }

  accesses(request: AwsRequest): Access[] {
    const action = isJson(request) ? operationOf(request) : queryOf(request).get('Action');
    return [{ action: `cloudwatch:${action}`, resource: '*' }];
  }

  async handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    if (isJson(request)) return runOperation(this.#jsonOperations, request);
    const parameters = queryOf(request);
    const action = parameters.get('Action') ?? '';
    const run = this.#operations[action];
    return run && queryResponse(action, NAMESPACE, run(inputFrom(parameters)));
  }

  /** The same operations; the JSON protocol has dates in epoch seconds. */
  readonly #jsonOperations: Parameters<typeof runOperation>[0] = {
    DescribeAlarms: (input) => withEpochSeconds(this.#describe(input)),
    SetAlarmState: (input) => this.#setState(input),
  };

  readonly #operations: Record<string, (input: Input) => object> = {
    DescribeAlarms: (input) => this.#describe(input),
    SetAlarmState: (input) => this.#setState(input),
  };

  #describe({
    AlarmNames,
    AlarmNamePrefix = '',
    StateValue,
    MaxRecords = DEFAULT_PAGE,
    NextToken = '0',
  }: Input): object {
    const names = Array.isArray(AlarmNames) && AlarmNames.length > 0 ? AlarmNames.map(String) : undefined;
    const found = this.#alarms
      .all()
      .filter(({ definition: { name }, state }) => {
        const isNamed = names ? names.includes(name) : name.startsWith(String(AlarmNamePrefix));
        return isNamed && (StateValue === undefined || StateValue === state);
      })
      .map(alarmDescription);
    const from = Number(NextToken);
    const to = from + Number(MaxRecords);
    return {
      MetricAlarms: found.slice(from, to),
      CompositeAlarms: [],
      ...(to < found.length && { NextToken: String(to) }),
    };
  }

  #setState({ AlarmName, StateValue, StateReason = '' }: Input): object {
    const state = ALARM_STATES.find((each) => each === StateValue);
    if (!state) throw new AwsError('ValidationError', `StateValue must be one of ${ALARM_STATES.join(', ')}.`);
    if (this.#alarms.setState(String(AlarmName), { state, reason: String(StateReason) })) return {};
    throw new AwsError('ResourceNotFound', `There is no alarm ${AlarmName}.`, 404);
  }
}

function isJson({ headers }: AwsRequest): boolean {
  return headers['x-amz-target'] !== undefined;
}

function inputFrom(parameters: URLSearchParams): Input {
  return { ...Object.fromEntries(parameters), AlarmNames: stringsIn(parameters, 'AlarmNames') };
}

/** Returns a copy of an output with dates as epoch seconds. */
function withEpochSeconds(value: unknown): object {
  return JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === 'string' && ISO_DATE.test(each) ? Date.parse(each) / 1_000 : each,
  ) as object;
}

const ISO_DATE = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
