import type { FirewallRule, Statement } from '../http/cloudfront.ts';
import type { Cors } from '../http/cors.ts';
import type { ResourceReader } from './resource-reader.ts';

const MILLISECONDS = 1_000;
/** https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html */
const DEFAULT_WINDOW = 300;

/** Readers for CloudFront and its WAF firewall. */
export const EDGE_READERS: Record<string, ResourceReader> = {
  'AWS::CloudFront::Distribution': ({ DistributionConfig }, model) => {
    const { Origins = [] } = DistributionConfig as DistributionProperties;
    const headers = Origins.flatMap(({ OriginCustomHeaders = [] }) => OriginCustomHeaders);
    model.edge.hasDistribution = true;
    for (const { HeaderName, HeaderValue } of headers) model.edge.originHeaders[HeaderName.toLowerCase()] = HeaderValue;
  },
  'AWS::CloudFront::ResponseHeadersPolicy': ({ ResponseHeadersPolicyConfig }, model) => {
    const { CorsConfig } = ResponseHeadersPolicyConfig as ResponseHeadersProperties;
    if (CorsConfig) model.edge.cors = corsOf(CorsConfig);
  },
  'AWS::WAFv2::WebACL': ({ Rules = [], CustomResponseBodies = {} }, model, { stack, logicalId }) => {
    for (const rule of Rules as RuleProperties[]) {
      const read = firewallRule(rule, CustomResponseBodies as ResponseBodies);
      if (read) model.edge.rules.push(read);
      else model.unsupported.push({ stack: stack.name, logicalId, type: `AWS::WAFv2::WebACL rule ${rule.Name}` });
    }
  },
};

interface DistributionProperties {
  Origins?: { OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[] }[];
}

type ResponseBodies = Record<string, { ContentType: string; Content: string }>;

interface RuleProperties {
  Name: string;
  Action?: { Count?: object; Block?: { CustomResponse?: CustomResponse } };
  RuleLabels?: { Name: string }[];
  Statement: StatementProperties;
}

interface CustomResponse {
  ResponseCode: number;
  CustomResponseBodyKey?: string;
  ResponseHeaders?: { Name: string; Value: string }[];
}

interface StatementProperties {
  RateBasedStatement?: {
    Limit: number;
    EvaluationWindowSec?: number;
    AggregateKeyType: string;
    CustomKeys?: { Header?: { Name: string } }[];
    ScopeDownStatement?: unknown;
  };
  LabelMatchStatement?: { Scope: string; Key: string };
  ByteMatchStatement?: {
    FieldToMatch: { SingleHeader?: { Name: string }; Method?: object };
    SearchString: string;
    PositionalConstraint: string;
    TextTransformations: { Type: string }[];
  };
  AndStatement?: { Statements: StatementProperties[] };
}

/** Returns a rule that labels or blocks requests; undefined for other kinds. */
function firewallRule(rule: RuleProperties, bodies: ResponseBodies): FirewallRule | undefined {
  const { Name: name, Action, RuleLabels = [], Statement: properties } = rule;
  const statement = statementOf(properties);
  if (!statement || !(Action?.Block || Action?.Count)) return undefined;
  const labels = RuleLabels.map(({ Name }) => Name);
  return {
    name,
    statement,
    labels,
    ...(Action.Block && { response: blockResponse(Action.Block.CustomResponse, bodies) }),
  };
}

function blockResponse(custom: CustomResponse | undefined, bodies: ResponseBodies): FirewallRule['response'] {
  const { ResponseCode = 403, CustomResponseBodyKey = '', ResponseHeaders = [] } = custom ?? {};
  const content = bodies[CustomResponseBodyKey];
  return {
    status: Number(ResponseCode),
    headers: {
      ...(content && { 'content-type': content.ContentType.toLowerCase().replace('_', '/') }),
      ...Object.fromEntries(ResponseHeaders.map(({ Name, Value }) => [Name.toLowerCase(), Value])),
    },
    body: content?.Content ?? '',
  };
}

function statementOf(properties: StatementProperties): Statement | undefined {
  const { RateBasedStatement, LabelMatchStatement, ByteMatchStatement, AndStatement } = properties;
  if (RateBasedStatement) return rateStatement(RateBasedStatement);
  if (LabelMatchStatement?.Scope === 'LABEL') return { kind: 'label', label: LabelMatchStatement.Key };
  if (ByteMatchStatement) return textStatement(ByteMatchStatement);
  const statements = AndStatement?.Statements.flatMap((part) => statementOf(part) ?? []);
  return statements && statements.length === AndStatement?.Statements.length ? { kind: 'all', statements } : undefined;
}

function rateStatement(properties: NonNullable<StatementProperties['RateBasedStatement']>): Statement | undefined {
  const { Limit, EvaluationWindowSec = DEFAULT_WINDOW, ScopeDownStatement, ...aggregation } = properties;
  const by = aggregationKey(aggregation);
  if (!by || ScopeDownStatement) return undefined;
  return { kind: 'rate', limit: Number(Limit), window: Number(EvaluationWindowSec) * MILLISECONDS, by };
}

function textStatement(properties: NonNullable<StatementProperties['ByteMatchStatement']>): Statement | undefined {
  const { FieldToMatch, SearchString: text, PositionalConstraint, TextTransformations } = properties;
  const header = FieldToMatch.SingleHeader?.Name.toLowerCase();
  const of = FieldToMatch.Method ? 'method' : header && { header };
  const isStart = PositionalConstraint === 'STARTS_WITH';
  const isPlain = TextTransformations.every(({ Type }) => Type === 'NONE');
  if (!of || !isPlain || !(isStart || PositionalConstraint === 'EXACTLY')) return undefined;
  return { kind: 'text', of, text, isStart };
}

function aggregationKey({
  AggregateKeyType,
  CustomKeys = [],
}: {
  AggregateKeyType: string;
  CustomKeys?: { Header?: { Name: string } }[];
}): 'address' | string[] | undefined {
  if (AggregateKeyType === 'IP') return 'address';
  const headers = CustomKeys.flatMap(({ Header }) => (Header ? [Header.Name.toLowerCase()] : []));
  return AggregateKeyType === 'CUSTOM_KEYS' && headers.length === CustomKeys.length ? headers : undefined;
}

interface Items {
  Items: string[];
}

interface ResponseHeadersProperties {
  CorsConfig?: {
    AccessControlAllowOrigins: Items;
    AccessControlAllowCredentials: boolean;
    AccessControlAllowMethods: Items;
    AccessControlAllowHeaders: Items;
    AccessControlExposeHeaders?: Items;
    AccessControlMaxAgeSec?: number;
  };
}

function corsOf(config: NonNullable<ResponseHeadersProperties['CorsConfig']>): Cors {
  return {
    allowOrigins: config.AccessControlAllowOrigins.Items,
    allowMethods: config.AccessControlAllowMethods.Items,
    allowHeaders: config.AccessControlAllowHeaders.Items,
    exposeHeaders: config.AccessControlExposeHeaders?.Items ?? [],
    allowCredentials: config.AccessControlAllowCredentials,
    maxAge: config.AccessControlMaxAgeSec ?? 0,
  };
}
