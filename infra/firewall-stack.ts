import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { type RateLimits, type Settings, serviceName } from './settings.ts';

/** Where AWS wants the firewalls of CloudFront, wherever the graph itself is. */
const REGION = 'us-east-1';
/** Seconds over which WAF counts. */
const WINDOW = 300;

type RateRule = Omit<CfnWebACL.RateBasedStatementProperty, 'limit' | 'evaluationWindowSec'>;

/**
 * What WAF counts requests by. An access token stands for its viewer; a request without one is counted by its address alone.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-aggregation-options.html
 */
const COUNTED_BY: Record<keyof RateLimits, RateRule> = {
  perAddress: { aggregateKeyType: 'IP' },
  perViewer: {
    aggregateKeyType: 'CUSTOM_KEYS',
    customKeys: [{ header: { name: 'authorization', textTransformations: [{ priority: 0, type: 'NONE' }] } }],
  },
};

const TOO_MANY = {
  errors: [
    {
      message: 'There were too many requests: wait a few minutes, then send fewer.',
      extensions: { code: 'RATE_LIMITED' },
    },
  ],
};

export interface FirewallStackProps extends StackProps {
  settings: Settings;
  limits: RateLimits;
}

/** The firewall before the API: it refuses whoever sends too many requests, with status 429 and a GraphQL error. */
export class FirewallStack extends Stack {
  constructor(scope: Construct, { settings, limits, ...props }: FirewallStackProps) {
    const name = serviceName(settings, 'firewall');
    super(scope, name, { description: `Firewall of ${settings.graph}`, env: { region: REGION }, ...props });
    const measured = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName: `${name}-${metricName}`,
    });
    const firewall = new CfnWebACL(this, 'Rules', {
      name,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: measured('all'),
      customResponseBodies: { tooMany: { contentType: 'APPLICATION_JSON', content: JSON.stringify(TOO_MANY) } },
      rules: Object.entries(COUNTED_BY).map(([rule, counted], priority) => ({
        name: rule,
        priority,
        action: { block: { customResponse: { responseCode: 429, customResponseBodyKey: 'tooMany' } } },
        visibilityConfig: measured(rule),
        statement: {
          rateBasedStatement: {
            ...counted,
            limit: limits[rule as keyof RateLimits],
            evaluationWindowSec: WINDOW,
          },
        },
      })),
    });
    new CfnOutput(this, 'Arn', { value: firewall.attrArn });
  }
}
