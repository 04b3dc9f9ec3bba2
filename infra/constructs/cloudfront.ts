import { CfnParameter, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IFunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { corsHeaders, preflightHeaders } from '../../gateway/http/cors.ts';
import { type Settings, serviceName } from '../settings.ts';
import type { ServiceFunction } from './service-function.ts';

export interface EdgeProps {
  settings: Settings;
  gateway: ServiceFunction;
  /** The gateway's function URL. */
  url: IFunctionUrl;
}

/** Longer than a cold start and the gateway's timeout: CloudFront would send a GET again. */
const READ_TIMEOUT = Duration.seconds(60);
/** Proves to the gateway that a request came through CloudFront. */
const ORIGIN_HEADER = 'x-origin-secret';

/**
 * CloudFront in front of the API, with the firewall that a function URL itself cannot have. The gateway rejects requests that
 * bypass it. Public responses are cached according to their `Cache-Control`.
 */
export class Edge extends Construct {
  /** Public base URL, with its last slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, { settings, gateway, url }: EdgeProps) {
    super(scope, id);
    const firewall = new CfnParameter(Stack.of(this), 'FirewallArn', {
      description: `Output "Arn" of the stack ${serviceName(settings, 'firewall')}: npm run deploy passes it`,
    });
    const secret = new Secret(this, 'OriginSecret', { generateSecretString: { excludePunctuation: true } });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SMG4',
      reason:
        'CloudFront and the function must have the same secret, so the stack generates it and changes it in both.',
    });
    // A dynamic reference in the template; CloudFormation resolves it.
    const value = secret.secretValue.unsafeUnwrap();
    gateway.function.addEnvironment('ORIGIN_SECRET', value);
    const distribution = new Distribution(this, 'Distribution', {
      comment: serviceName(settings, 'api'),
      webAclId: firewall.valueAsString,
      ...this.#customDomain(settings),
      defaultBehavior: {
        origin: new FunctionUrlOrigin(url, {
          customHeaders: { [ORIGIN_HEADER]: value },
          readTimeout: READ_TIMEOUT,
        }),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy: this.#responseCachePolicy(settings),
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        ...this.#fallbackCors(settings),
      },
    });
    Validations.of(distribution).acknowledge(...FINDINGS_ACCEPTED);
    this.url = `https://${settings.domain?.name ?? distribution.distributionDomainName}/`;
  }

  /** Only with a custom certificate can CloudFront reject old TLS versions. */
  #customDomain({ domain }: Settings) {
    if (!domain) return {};
    return {
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }

  /** Adds CORS headers to responses of Lambda itself, such as 429 on throttling. */
  #fallbackCors({ cors, ...settings }: Settings): Pick<BehaviorOptions, 'responseHeadersPolicy'> {
    const [origin] = cors.origins;
    if (!origin) return {};
    const headers = { ...corsHeaders(origin, cors), ...preflightHeaders({ origin }, cors) };
    const list = (name: string) => (headers[name] ?? '').split(',');
    const responseHeadersPolicy = new ResponseHeadersPolicy(this, 'CorsOfRefusals', {
      responseHeadersPolicyName: serviceName(settings, 'cors'),
      corsBehavior: {
        originOverride: false,
        accessControlAllowOrigins: cors.origins.includes('*') ? ['*'] : [...cors.origins],
        accessControlAllowCredentials: !cors.origins.includes('*'),
        accessControlAllowMethods: list('access-control-allow-methods'),
        accessControlAllowHeaders: list('access-control-allow-headers'),
        accessControlExposeHeaders: list('access-control-expose-headers'),
        accessControlMaxAge: Duration.seconds(Number(headers['access-control-max-age'])),
      },
    });
    return { responseHeadersPolicy };
  }

  /**
   * The cache key includes everything that a response depends on. CloudFront reduces `Accept-Encoding` to those of br and gzip
   * that the client accepts, for the key and for the gateway.
   */
  #responseCachePolicy(settings: Settings): CachePolicy {
    return new CachePolicy(this, 'AsAnswersSay', {
      cachePolicyName: serviceName(settings, 'answers'),
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(1),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      headerBehavior: CacheHeaderBehavior.allowList('accept', 'authorization', 'content-type', 'origin'),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }
}

const FINDINGS_ACCEPTED = [
  { id: 'AwsSolutions::AwsSolutions-CFR1', reason: 'The API has no geographic restrictions.' },
  { id: 'AwsSolutions::AwsSolutions-CFR3', reason: 'The API logs every request that misses the cache.' },
  { id: 'AwsSolutions::AwsSolutions-CFR4', reason: "CloudFront's default certificate, until the API has a domain." },
];
