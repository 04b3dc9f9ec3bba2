/** A default quota of AWS in a region. */
export interface Quota {
  limit: number;
  /** What a team can do when it is met. */
  change: string;
  source: string;
}

const LAMBDA_SCALING = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html';
const DYNAMODB = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html';
const PARTITIONS = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html';
const EVENTBRIDGE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html';

const RAISE = 'ask for more in Service Quotas';
const SPREAD = 'spread the writes and reads over more partition keys';

/** Defaults of us-east-1; other regions have lower ones for EventBridge. Read in November 2026. */
export const QUOTAS = {
  lambdaConcurrency: { limit: 1_000, change: `${RAISE}, or make the slowest function faster`, source: LAMBDA_SCALING },
  /** Requests a second per unit of concurrency: 10 for each of the account's 1,000. */
  lambdaRequests: { limit: 10_000, change: `${RAISE}: ten times the concurrency`, source: LAMBDA_SCALING },
  /** New environments of one function in ten seconds. */
  lambdaGrowth: {
    limit: 1_000,
    change: 'let clients start gradually, or provision concurrency before a known peak',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html',
  },
  tableReads: { limit: 40_000, change: RAISE, source: DYNAMODB },
  tableWrites: { limit: 40_000, change: RAISE, source: DYNAMODB },
  newTableReads: { limit: 12_000, change: 'warm the table up: set its warm throughput', source: DYNAMODB },
  newTableWrites: { limit: 4_000, change: 'warm the table up: set its warm throughput', source: DYNAMODB },
  partitionReads: { limit: 3_000, change: SPREAD, source: PARTITIONS },
  partitionWrites: { limit: 1_000, change: SPREAD, source: PARTITIONS },
  putEvents: { limit: 10_000, change: RAISE, source: EVENTBRIDGE },
  eventInvocations: { limit: 18_750, change: `${RAISE}; more are delayed, not lost`, source: EVENTBRIDGE },
} satisfies Record<string, Quota>;
