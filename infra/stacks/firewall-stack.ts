import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { corsHeaders, preflightHeaders } from '../../gateway/http/cors.ts';
import { type RateLimits, type Settings, serviceName } from '../settings.ts';

/** AWS requires CloudFront firewalls in this region. */
const REGION = 'us-east-1';
/** Evaluation window of WAF, seconds. */
const WINDOW = 300;

type RateRule = Omit<CfnWebACL.RateBasedStatementProperty, 'limit' | 'evaluationWindowSec'>;

/**
 * Aggregation keys of WAF. A token identifies its viewer; a request without one is counted by IP address only.
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

type Rule = Omit<CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;

/** Label of requests from a sender over a limit. */
const LABEL = 'too-many-requests';
const ABOVE_LIMIT: CfnWebACL.StatementProperty = { labelMatchStatement: { scope: 'LABEL', key: LABEL } };

/**
 * Rate-limiting firewall: responds with status 429, a GraphQL error and the API's CORS headers. WAF responses are static, so
 * each allowed origin has its own rules.
 */
export class FirewallStack extends Stack {
  constructor(scope: Construct, { settings, limits, ...props }: FirewallStackProps) {
    const name = serviceName(settings, 'firewall');
    super(scope, name, { description: `Firewall of ${settings.graph}`, env: { region: REGION }, ...props });
    const measured = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName: `${name}-${metricName}`,
    });
    const rules = [
      ...Object.entries(COUNTED_BY).map(([rule, counted]) =>
        labelling(rule, { ...counted, limit: limits[rule as keyof RateLimits], evaluationWindowSec: WINDOW }),
      ),
      ...settings.cors.origins.flatMap((origin, i) => refusalsFor(origin, i, settings)),
      refusal('refuse', ABOVE_LIMIT, { 'retry-after': String(WINDOW) }),
    ];
    const firewall = new CfnWebACL(this, 'Rules', {
      name,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: measured('all'),
      customResponseBodies: { tooMany: { contentType: 'APPLICATION_JSON', content: JSON.stringify(TOO_MANY) } },
      rules: rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: measured(rule.name) })),
    });
    new CfnOutput(this, 'Arn', { value: firewall.attrArn });
  }
}

/** Labels the requests of a sender over a limit. */
function labelling(name: string, rateBasedStatement: CfnWebACL.RateBasedStatementProperty): Rule {
  return { name, action: { count: {} }, ruleLabels: [{ name: LABEL }], statement: { rateBasedStatement } };
}

/** Rejects an origin's requests with CORS headers, so that the page can read the response. Allows its preflights. */
function refusalsFor(pattern: string, i: number, { cors }: Settings): Rule[] {
  // A static header cannot have the page's port.
  const isPattern = pattern.endsWith('*');
  const [origin, named] = isPattern ? ['*', { origins: ['*'] }] : [pattern, cors];
  const fromPage = hasText(
    { singleHeader: { Name: 'origin' } },
    pattern.replace('*', ''),
    isPattern ? 'STARTS_WITH' : 'EXACTLY',
  );
  const preflight = { ...preflightHeaders({ origin }, { ...cors, ...named }) };
  return [
    {
      name: `preflight-${i}`,
      action: { block: { customResponse: { responseCode: 204, responseHeaders: headerList(preflight) } } },
      statement: all(ABOVE_LIMIT, fromPage, hasText({ method: {} }, 'OPTIONS')),
    },
    refusal(`refuse-${i}`, all(ABOVE_LIMIT, fromPage), {
      'retry-after': String(WINDOW),
      ...corsHeaders(origin, named),
    }),
  ];
}

function refusal(name: string, statement: CfnWebACL.StatementProperty, headers: Record<string, string>): Rule {
  const customResponse = { responseCode: 429, customResponseBodyKey: 'tooMany', responseHeaders: headerList(headers) };
  return { name, action: { block: { customResponse } }, statement };
}

function all(...statements: CfnWebACL.StatementProperty[]): CfnWebACL.StatementProperty {
  return { andStatement: { statements } };
}

function hasText(
  fieldToMatch: CfnWebACL.FieldToMatchProperty,
  searchString: string,
  positionalConstraint = 'EXACTLY',
): CfnWebACL.StatementProperty {
  const textTransformations = [{ priority: 0, type: 'NONE' }];
  return { byteMatchStatement: { fieldToMatch, searchString, positionalConstraint, textTransformations } };
}

function headerList(headers: Record<string, string>): { name: string; value: string }[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
