import type { RateRule } from '../http-api/edge.ts';
import type { ResourceReader } from './resource-reader.ts';

const MILLISECONDS = 1_000;
/** https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html */
const DEFAULT_WINDOW = 300;

/** CloudFront before the API, and its firewall. */
export const EDGE_READERS: Record<string, ResourceReader> = {
  'AWS::CloudFront::Distribution': ({ DistributionConfig }, model) => {
    const { Origins = [] } = DistributionConfig as DistributionProperties;
    const headers = Origins.flatMap(({ OriginCustomHeaders = [] }) => OriginCustomHeaders);
    model.edge.stands = true;
    for (const { HeaderName, HeaderValue } of headers) model.edge.originHeaders[HeaderName.toLowerCase()] = HeaderValue;
  },
  'AWS::WAFv2::WebACL': ({ Rules = [], CustomResponseBodies = {} }, model, { stack, logicalId }) => {
    for (const rule of Rules as RuleProperties[]) {
      const read = rateRule(rule, CustomResponseBodies as ResponseBodies);
      if (read) model.edge.rules.push(read);
      else
        model.withoutCounterpart.push({ stack: stack.name, logicalId, type: `AWS::WAFv2::WebACL rule ${rule.Name}` });
    }
  },
};

interface DistributionProperties {
  Origins?: { OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[] }[];
}

type ResponseBodies = Record<string, { ContentType: string; Content: string }>;

interface RuleProperties {
  Name: string;
  Action?: { Block?: { CustomResponse?: { ResponseCode: number; CustomResponseBodyKey?: string } } };
  Statement: {
    RateBasedStatement?: {
      Limit: number;
      EvaluationWindowSec?: number;
      AggregateKeyType: string;
      CustomKeys?: { Header?: { Name: string } }[];
      ScopeDownStatement?: unknown;
    };
  };
}

/** A rule that blocks whoever sends too much; undefined for one of another kind. */
function rateRule({ Name, Action, Statement }: RuleProperties, bodies: ResponseBodies): RateRule | undefined {
  const { Limit, EvaluationWindowSec, ...counted } = Statement.RateBasedStatement ?? { Limit: 0, AggregateKeyType: '' };
  const by = countedBy(counted);
  if (!Action?.Block || !by || counted.ScopeDownStatement) return undefined;
  const { ResponseCode = 403, CustomResponseBodyKey = '' } = Action.Block.CustomResponse ?? {};
  const { ContentType = 'TEXT_HTML', Content = '' } = bodies[CustomResponseBodyKey] ?? {};
  return {
    name: Name,
    limit: Number(Limit),
    window: Number(EvaluationWindowSec ?? DEFAULT_WINDOW) * MILLISECONDS,
    by,
    answer: {
      status: Number(ResponseCode),
      headers: { 'content-type': ContentType.toLowerCase().replace('_', '/') },
      body: Content,
    },
  };
}

function countedBy({
  AggregateKeyType,
  CustomKeys = [],
}: {
  AggregateKeyType: string;
  CustomKeys?: { Header?: { Name: string } }[];
}): RateRule['by'] | undefined {
  if (AggregateKeyType === 'IP') return 'address';
  const headers = CustomKeys.flatMap(({ Header }) => (Header ? [Header.Name.toLowerCase()] : []));
  return AggregateKeyType === 'CUSTOM_KEYS' && headers.length === CustomKeys.length ? headers : undefined;
}
