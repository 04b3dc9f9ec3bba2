/** Price of a number of units. */
export interface Price {
  /** US dollars. */
  dollars: number;
  per: number;
  unit: string;
  source: string;
}

export type PriceName = keyof typeof US_EAST_1;
/** AWS's public prices in a region: the first tier, without free allowances, discounts and taxes. */
export interface Prices {
  region: string;
  /** When they were read: `2026-11`. */
  date: string;
  prices: Record<PriceName, Price>;
}

const MILLION = 1_000_000;
const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const CLOUDFRONT = 'https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/';
const WAF = 'https://aws.amazon.com/waf/pricing/';
const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const EVENTBRIDGE = 'https://aws.amazon.com/eventbridge/pricing/';
const SQS = 'https://aws.amazon.com/sqs/pricing/';
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const DATA_TRANSFER = 'https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer';

const US_EAST_1 = {
  lambdaRequest: { dollars: 0.2, per: MILLION, unit: 'request', source: LAMBDA },
  // Since August 2025 the start of an environment is billed too.
  lambdaArm: { dollars: 0.0000133334, per: 1, unit: 'GB-second', source: LAMBDA },
  lambdaX86: { dollars: 0.0000166667, per: 1, unit: 'GB-second', source: LAMBDA },
  functionUrlRequest: { dollars: 0, per: MILLION, unit: 'request', source: LAMBDA },
  cloudFrontRequest: { dollars: 0.01, per: 10_000, unit: 'HTTPS request', source: CLOUDFRONT },
  /** To clients in the United States and Europe. */
  cloudFrontOut: { dollars: 0.085, per: 1, unit: 'GB', source: CLOUDFRONT },
  dataOut: { dollars: 0.09, per: 1, unit: 'GB', source: DATA_TRANSFER },
  wafRequest: { dollars: 0.6, per: MILLION, unit: 'request', source: WAF },
  wafAcl: { dollars: 5, per: 1, unit: 'web ACL and month', source: WAF },
  wafRule: { dollars: 1, per: 1, unit: 'rule and month', source: WAF },
  readUnit: { dollars: 0.125, per: MILLION, unit: 'read request unit', source: DYNAMODB },
  writeUnit: { dollars: 0.625, per: MILLION, unit: 'write request unit', source: DYNAMODB },
  /** Reads by Lambda's event source mappings. Other readers pay $0.02 for 100,000. */
  streamRead: { dollars: 0, per: MILLION, unit: 'read of a stream by Lambda', source: DYNAMODB },
  /** In increments of 64 KB. Delivery in the same account is free. */
  event: { dollars: 1, per: MILLION, unit: 'event', source: EVENTBRIDGE },
  archivedEvent: { dollars: 0.1, per: 1, unit: 'GB', source: EVENTBRIDGE },
  archiveStorage: { dollars: 0.023, per: 1, unit: 'GB and month', source: EVENTBRIDGE },
  queueRequest: { dollars: 0.4, per: MILLION, unit: 'request', source: SQS },
  logIngestion: { dollars: 0.5, per: 1, unit: 'GB', source: CLOUDWATCH },
  logStorage: { dollars: 0.03, per: 1, unit: 'GB and month', source: CLOUDWATCH },
  metric: { dollars: 0.3, per: 1, unit: 'metric and month', source: CLOUDWATCH },
  alarm: { dollars: 0.1, per: 1, unit: 'alarm and month', source: CLOUDWATCH },
  dashboard: { dollars: 3, per: 1, unit: 'dashboard and month', source: CLOUDWATCH },
} satisfies Record<string, Price>;

const DEFAULT_REGION = 'us-east-1';
/** Add a region by reading the sources of `us-east-1` for it. */
const REGIONS: Record<string, Prices> = {
  [DEFAULT_REGION]: { region: DEFAULT_REGION, date: '2026-11', prices: US_EAST_1 },
};

/** Returns the prices of a region; throws an error that lists the known regions. */
export function pricesOf(region = DEFAULT_REGION): Prices {
  const prices = REGIONS[region];
  if (!prices)
    throw new Error(
      `There are no prices for the region "${region}": choose ${Object.keys(REGIONS).join(' or ')}, or add it in cost/prices.ts.`,
    );
  return prices;
}
