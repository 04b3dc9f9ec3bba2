import type { Load } from './load.ts';
import { QUOTAS, type Quota } from './quotas.ts';

/** Settings of a stage that limit its requests. */
export interface StageLimits {
  /** Reserved concurrency of the gateway; Lambda accepts ten times as many requests a second. */
  gatewayConcurrency?: number;
  /** Requests of one address in five minutes. */
  perAddress?: number;
}

/** A quota or setting, and the rate of requests at which it is met. */
export interface Limit {
  name: string;
  /** Use by one request of the mix, in the unit of the limit. */
  perRequest: number;
  limit: number;
  /** Requests a second in total; with a peak factor, the mean rate at whose peak it is met. */
  rate: number;
  change: string;
  source: string;
  /** A condition under which it applies. */
  only?: string;
}

/** Names of functions that events invoke, by convention. */
const CONSUMER = /-consumer$/;
/** A second. https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-throttling */
const REQUESTS_PER_ENVIRONMENT = 10;
const IN_SETTINGS = 'infra/settings.ts';

/** Returns the limits that a mix of operations meets, the lowest rate first. `peak`: highest rate divided by the mean. */
export function limitsOf(load: Load, stage: StageLimits, peak = 1): Limit[] {
  const quota = (name: string, { limit, change, source }: Quota, perRequest: number, only?: string): Limit => ({
    name,
    perRequest,
    limit,
    rate: limit / perRequest / peak,
    change,
    source,
    ...(only && { only }),
  });
  const { functions, tables, events } = load;
  const sum = (of: (each: Load['functions'][number]) => number) => functions.reduce((all, each) => all + of(each), 0);
  const deliveries = sum(({ name, invocations }) => (CONSUMER.test(name) ? invocations : 0));
  const synchronous = sum(({ name, invocations }) => (/-(consumer|publisher)$/.test(name) ? 0 : invocations));
  const limits = [
    quota(
      'Lambda: concurrency of the account',
      QUOTAS.lambdaConcurrency,
      sum(({ seconds }) => seconds),
    ),
    quota('Lambda: requests a second of the account', QUOTAS.lambdaRequests, synchronous),
    ...functions.map(({ name, seconds }) =>
      quota(`Lambda: growth of ${name}`, QUOTAS.lambdaGrowth, seconds, 'if all requests begin within ten seconds'),
    ),
    ...(stage.gatewayConcurrency === undefined
      ? []
      : [
          setting(
            'function URL: requests a second',
            stage.gatewayConcurrency * REQUESTS_PER_ENVIRONMENT,
            'gatewayConcurrency',
          ),
        ]),
    ...tables.flatMap(({ table, readUnits, writeUnits }) => [
      quota(`DynamoDB: reads of ${table}`, QUOTAS.tableReads, readUnits),
      quota(`DynamoDB: writes of ${table}`, QUOTAS.tableWrites, writeUnits),
      quota(`DynamoDB: reads of ${table}`, QUOTAS.newTableReads, readUnits, 'while the table is new'),
      quota(`DynamoDB: writes of ${table}`, QUOTAS.newTableWrites, writeUnits, 'while the table is new'),
      quota(`DynamoDB: reads of ${table}`, QUOTAS.partitionReads, readUnits, 'if all are of one partition key'),
      quota(`DynamoDB: writes of ${table}`, QUOTAS.partitionWrites, writeUnits, 'if all are of one partition key'),
    ]),
    quota('EventBridge: PutEvents', QUOTAS.putEvents, events),
    quota('EventBridge: invocations of consumers', QUOTAS.eventInvocations, deliveries),
  ];
  return limits.filter(({ rate }) => Number.isFinite(rate)).sort((a, b) => a.rate - b.rate);

  function setting(name: string, limit: number, member: string): Limit {
    return quota(name, { limit, change: `raise \`${member}\` in ${IN_SETTINGS}`, source: IN_SETTINGS }, 1);
  }
}

const WINDOW_SECONDS = 300;

/** Returns the number of client addresses that a rate needs to stay under the firewall's limit. */
export function addressesFor(rate: number, { perAddress }: StageLimits): number | undefined {
  return perAddress === undefined ? undefined : Math.ceil(rate / (perAddress / WINDOW_SECONDS));
}
