import { ArnFormat, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { LIVE_ALIAS, SUBSCRIPTION_FUNCTIONS } from '#platform/function-names.ts';
import { checkedCors } from '../../gateway/http/cors.ts';
import { Edge } from '../constructs/cloudfront.ts';
import { FunctionDashboard } from '../constructs/function-dashboard.ts';
import { operationCosts } from '../constructs/operation-costs.ts';
import { SchemaCheck } from '../constructs/schema-check-resource.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { ServiceTable } from '../constructs/service-table.ts';
import { Subscriptions } from '../constructs/subscriptions.ts';
import { UsageReporter } from '../constructs/usage-reporter.ts';
import { type Settings, serviceName } from '../settings.ts';
import type { SubscribedEvents } from '../subscribed-fields.ts';
import { identityParameters } from './identity-stack.ts';

export interface GatewayStackProps extends StackProps {
  settings: Settings;
  /** Names of the subgraphs the gateway may invoke. */
  subgraphs: string[];
  /** Events that feed subscriptions; undefined if the graph has none. */
  events?: SubscribedEvents;
}

/** MiB: one virtual CPU. */
const MEMORY = 1769;
const TIMEOUT_SECONDS = 30;

/**
 * The gateway function and its public URL, which streams responses; with subscriptions, also their WebSocket API and functions. The
 * functions that run operations may invoke only the subgraphs.
 */
export class GatewayStack extends Stack {
  constructor(scope: Construct, { settings, subgraphs, events, ...props }: GatewayStackProps) {
    super(scope, serviceName(settings, 'gateway'), { description: `Gateway of ${settings.graph}`, ...props });
    const service = new ServiceFunction(this, 'Gateway', {
      settings,
      service: 'gateway',
      memory: MEMORY,
      timeout: TIMEOUT_SECONDS,
      reservedConcurrency: settings.gatewayConcurrency,
    });
    const queries = this.#queryTable(settings);
    const check = new SchemaCheck(this, 'SchemaCheck', { settings });
    const runOperations = (each: ServiceFunction) => {
      this.#configure(each, settings);
      this.#grantInvoke(each, subgraphs, settings);
      queries.attachTo(each, 'service', 'QUERY_TABLE');
      each.alias.node.addDependency(check);
    };
    runOperations(service);
    const subscriptions =
      events && new Subscriptions(this, 'Subscriptions', { settings, events, memory: MEMORY, runOperations });
    const services = [service, ...(subscriptions?.operationServices ?? [])];
    const { studio } = settings;
    if (studio) new UsageReporter(this, 'UsageReporter', { settings, studio, services });
    new FunctionDashboard(this, 'Dashboard', {
      settings,
      name: 'gateway',
      functions: ['gateway', ...(subscriptions ? SUBSCRIPTION_FUNCTIONS : [])],
      services: ['gateway', ...(subscriptions ? OPERATION_FUNCTIONS : [])],
      widgets: [operationCosts(settings, ['gateway', ...subgraphs]), ...(subscriptions?.charts ?? [])],
      url: 'gateway',
    });
    // Public by design: the gateway verifies tokens itself, and anonymous queries are part of the API.
    const url = service.alias.addFunctionUrl({
      authType: FunctionUrlAuthType.NONE,
      invokeMode: InvokeMode.RESPONSE_STREAM,
    });
    const base = settings.edge ? new Edge(this, 'Edge', { settings, gateway: service, url }).url : url.url;
    new CfnOutput(this, 'Endpoint', { value: `${base}graphql` });
    if (subscriptions) new CfnOutput(this, 'SubscriptionEndpoint', { value: subscriptions.url });
  }

  #configure({ function: fn }: ServiceFunction, settings: Settings): void {
    const names = identityParameters(settings);
    fn.addEnvironment('FUNCTION_PREFIX', serviceName(settings, ''));
    fn.addEnvironment('SAFELIST', settings.safelist);
    fn.addEnvironment('CORS', JSON.stringify(checkedCors(settings.cors)));
    fn.addEnvironment('PREWARM', settings.preWarm ? 'on' : 'off');
    fn.addEnvironment('LIMITS', JSON.stringify({ responseBytes: settings.responseBytes }));
    fn.addEnvironment('COMPRESSION', settings.compression ? 'on' : 'off');
    fn.addEnvironment('TOKEN_ISSUER', StringParameter.valueForStringParameter(this, names.issuer));
    fn.addEnvironment('TOKEN_AUDIENCE', StringParameter.valueForStringParameter(this, names.audience));
    fn.addEnvironment('APOLLO_TELEMETRY_DISABLED', '1');
    fn.addEnvironment('NODE_ENV', 'production');
    // One request at a time needs no larger young generation; V8 would let it grow to 16 MB a half. The code cache stays valid.
    fn.addEnvironment('NODE_OPTIONS', '--max-semi-space-size=2');
  }

  #grantInvoke({ function: fn }: ServiceFunction, subgraphs: string[], settings: Settings): void {
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: subgraphs.map((name) => this.#liveArn(serviceName(settings, name))),
      }),
    );
  }

  /** Table of automatic persisted queries, shared by all Lambda environments. */
  #queryTable(settings: Settings): ServiceTable {
    return new ServiceTable(this, 'Queries', {
      settings,
      service: 'gateway',
      config: { partitionKey: 'id', access: { service: ['GetItem', 'PutItem'] } },
      hasStream: false,
    });
  }

  #liveArn(functionName: string): string {
    return this.formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: `${functionName}:${LIVE_ALIAS}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}

/** Functions for subscriptions that run operations. */
const OPERATION_FUNCTIONS = SUBSCRIPTION_FUNCTIONS.filter((name) => name !== 'gateway-fan-out');
