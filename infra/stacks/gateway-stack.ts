import { ArnFormat, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { LIVE_ALIAS } from '#platform/function-names.ts';
import { checkedCors } from '../../gateway/http/cors.ts';
import { Edge } from '../constructs/cloudfront.ts';
import { FunctionDashboard } from '../constructs/function-dashboard.ts';
import { operationCosts } from '../constructs/operation-costs.ts';
import { SchemaCheck } from '../constructs/schema-check-resource.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { ServiceTable } from '../constructs/service-table.ts';
import { UsageReporter } from '../constructs/usage-reporter.ts';
import { type Settings, serviceName } from '../settings.ts';
import { identityParameters } from './identity-stack.ts';

export interface GatewayStackProps extends StackProps {
  settings: Settings;
  /** Names of the subgraphs the gateway may invoke. */
  subgraphs: string[];
}

const TIMEOUT_SECONDS = 29;

/** The public HTTP API and the gateway function, which may invoke only the subgraphs. */
export class GatewayStack extends Stack {
  constructor(scope: Construct, { settings, subgraphs, ...props }: GatewayStackProps) {
    super(scope, serviceName(settings, 'gateway'), { description: `Gateway of ${settings.graph}`, ...props });
    const service = new ServiceFunction(this, 'Gateway', {
      settings,
      service: 'gateway',
      memory: 1769,
      timeout: TIMEOUT_SECONDS,
    });
    this.#configure(service, settings);
    service.function.addToRolePolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: subgraphs.map((name) => this.#liveArn(serviceName(settings, name))),
      }),
    );
    this.#addQueryTable(service, settings);
    const { studio } = settings;
    if (studio) new UsageReporter(this, 'UsageReporter', { settings, studio, gateway: service });
    service.alias.node.addDependency(new SchemaCheck(this, 'SchemaCheck', { settings }));
    new FunctionDashboard(this, 'Dashboard', {
      settings,
      name: 'gateway',
      functions: ['gateway'],
      services: ['gateway'],
      widgets: [operationCosts(settings, ['gateway', ...subgraphs])],
    });
    const api = this.#api(service, settings);
    const { url } = settings.edge
      ? new Edge(this, 'Edge', { settings, gateway: service, api })
      : { url: api.apiEndpoint };
    new CfnOutput(this, 'Endpoint', { value: `${url}/graphql` });
  }

  #configure({ function: fn }: ServiceFunction, settings: Settings): void {
    const names = identityParameters(settings);
    fn.addEnvironment('FUNCTION_PREFIX', serviceName(settings, ''));
    fn.addEnvironment('SAFELIST', settings.safelist);
    fn.addEnvironment('CORS', JSON.stringify(checkedCors(settings.cors)));
    fn.addEnvironment('PREWARM', settings.preWarm ? 'on' : 'off');
    fn.addEnvironment('TOKEN_ISSUER', StringParameter.valueForStringParameter(this, names.issuer));
    fn.addEnvironment('TOKEN_AUDIENCE', StringParameter.valueForStringParameter(this, names.audience));
    fn.addEnvironment('APOLLO_TELEMETRY_DISABLED', '1');
    fn.addEnvironment('NODE_ENV', 'production');
    // One request at a time needs no larger young generation; V8 would let it grow to 16 MB a half. The code cache stays valid.
    fn.addEnvironment('NODE_OPTIONS', '--max-semi-space-size=2');
  }

  /** Table of automatic persisted queries, shared by all Lambda environments. */
  #addQueryTable(service: ServiceFunction, settings: Settings): void {
    const queries = new ServiceTable(this, 'Queries', {
      settings,
      service: 'gateway',
      config: { partitionKey: 'id', access: { service: ['GetItem', 'PutItem'] } },
      hasStream: false,
    });
    queries.attachTo(service, 'service', 'QUERY_TABLE');
  }

  #liveArn(functionName: string): string {
    return this.formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: `${functionName}:${LIVE_ALIAS}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  #api({ alias }: ServiceFunction, settings: Settings): HttpApi {
    const api = new HttpApi(this, 'Api', {
      apiName: serviceName(settings, 'api'),
      createDefaultStage: false,
    });
    const integration = new HttpLambdaIntegration('Invoke', alias, { timeout: Duration.seconds(TIMEOUT_SECONDS) });
    api.addRoutes({ path: '/graphql', methods: [HttpMethod.GET, HttpMethod.POST], integration });
    api.addRoutes({ path: '/graphql/{contract}', methods: [HttpMethod.GET, HttpMethod.POST], integration });
    api.addRoutes({ path: '/health', methods: [HttpMethod.GET], integration });
    // The gateway handles preflights: the API's CORS configuration cannot match an origin with any port.
    api.addRoutes({ path: '/{proxy+}', methods: [HttpMethod.OPTIONS], integration });
    Validations.of(api).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG4',
      reason: 'Public by design: the gateway verifies tokens itself, and anonymous queries are part of the API.',
    });
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      logGroupName: `/aws/apigateway/${serviceName(settings, 'api')}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    api.addStage('Stage', {
      autoDeploy: true,
      throttle: { rateLimit: settings.throttle.rate, burstLimit: settings.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLogs),
        format: AccessLogFormat.custom(ACCESS_LOG_FORMAT),
      },
    });
    return api;
  }
}

/** Access log format; https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  ip: '$context.identity.sourceIp',
  bytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
});
