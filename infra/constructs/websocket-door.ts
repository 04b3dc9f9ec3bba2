import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type CfnApi, LogGroupLogDestination, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Settings, serviceName } from '../settings.ts';
import type { ServiceFunction } from './service-function.ts';

/** Last part of the address, as in that of the API over HTTP. */
const STAGE = 'graphql';

/**
 * WebSocket API, whose routes invoke one function. It has its own host in every stage: CloudFront would add a hop and a price to
 * each message, and neither its cache nor its firewall, which sees only the handshake. Throttling limits handshakes and messages.
 */
export class WebSocketDoor extends Construct {
  /** Address for clients. */
  readonly url: string;
  readonly #api: WebSocketApi;
  readonly #stage: WebSocketStage;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.#api = new WebSocketApi(this, 'Api', { apiName: serviceName(settings, 'subscriptions') });
    const { messagesPerSecond: rateLimit, messageBurst: burstLimit, accessLogs } = settings.subscriptions;
    this.#stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.#api,
      stageName: STAGE,
      autoDeploy: true,
      throttle: { rateLimit, burstLimit },
      ...(accessLogs && { accessLogSettings: { destination: this.#accessLog(settings), format: LOG_FORMAT } }),
    });
    this.url = this.#stage.url;
    if (!accessLogs) Validations.of(this.#stage).acknowledge(...WITHOUT_ACCESS_LOGS);
  }

  /** Adds the routes to a function. */
  addRoutes({ alias }: ServiceFunction): void {
    for (const [key, name] of Object.entries({ $connect: 'Connect', $disconnect: 'Disconnect', $default: 'Message' })) {
      const route = this.#api.addRoute(key, { integration: new WebSocketLambdaIntegration(name, alias) });
      Validations.of(route).acknowledge(NO_AUTHORIZER);
    }
  }

  /** Lets a function call the management API of connections with these methods. */
  grantConnections(service: ServiceFunction, methods: ('POST' | 'DELETE')[]): void {
    const stack = Stack.of(this);
    const resourceNames = methods.map((method) => `${STAGE}/${method}/@connections/*`);
    const arnFormat = ArnFormat.SLASH_RESOURCE_NAME;
    const api = { service: 'execute-api', resource: this.#api.apiId, arnFormat };
    const resources = resourceNames.map((resourceName) => stack.formatArn({ ...api, resourceName }));
    service.function.addEnvironment('CONNECTIONS_ENDPOINT', this.#stage.callbackUrl);
    service.function.addToRolePolicy(new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources }));
    const apiId = stack.getLogicalId(this.#api.node.defaultChild as CfnApi);
    Validations.of(service).acknowledge(...resourceNames.map((name) => anyConnection(`<${apiId}>/${name}`)));
  }

  /** Charts of the metrics of API Gateway, https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html */
  charts(): GraphWidget[] {
    const sums = ['ConnectCount', 'MessageCount', 'ClientError', 'ExecutionError', 'IntegrationError'];
    const left = sums.map((name) => this.#stage.metric(name, { statistic: 'Sum', label: name }));
    return [new GraphWidget({ title: 'WebSocket connections, messages and errors', left, width: 24 })];
  }

  #accessLog(settings: Settings): LogGroupLogDestination {
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/apigateway/${serviceName(settings, 'subscriptions')}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return new LogGroupLogDestination(log);
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html */
const LOGGED = [
  'requestId',
  'requestTime',
  'routeKey',
  'eventType',
  'connectionId',
  'status',
  'integration.status',
  'integration.latency',
  'identity.sourceIp',
];
const LOG_FORMAT = AccessLogFormat.custom(
  JSON.stringify(Object.fromEntries(LOGGED.map((name) => [name, `$context.${name}`]))),
);

const NO_AUTHORIZER = {
  id: 'AwsSolutions::AwsSolutions-APIG4',
  reason:
    'Browsers cannot send a token with the handshake: the function verifies that of the message `connection_init`.',
};

/** Acknowledges the wildcard of connection ids in a grant. */
function anyConnection(resource: string) {
  const arn = `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:${resource}`;
  return { id: `AwsSolutions::AwsSolutions-IAM5[Resource::${arn}]`, reason: 'The ids of connections are not known.' };
}

const WITHOUT_ACCESS_LOGS = ['AwsSolutions::AwsSolutions-APIG1', 'Serverless::Serverless-APIGWAccessLogging'].map(
  (id) => ({
    id,
    reason:
      'They need a role in the API Gateway settings of the account. The setting `subscriptions.accessLogs` enables them.',
  }),
);
