import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  AdotLambdaExecWrapper,
  AdotLambdaLayerJavaScriptSdkVersion,
  AdotLayerVersion,
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  RuntimeManagementMode,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { metricsNamespace, type Settings, serviceName } from '../settings.ts';
import { bundleFolder } from './bundle-folder.ts';
import { compiledAsset } from './compiled-asset.ts';

export interface BundledFunctionProps {
  settings: Settings;
  /** What the function is called after the graph and the stage. */
  service: string;
  /** The bundle that it runs; left out, the one called as the service. */
  bundle?: string;
  /** MiB. */
  memory: number;
  /** Seconds. */
  timeout: number;
}

/** A Lambda of the system: its bundle, and a role that may write its own logs and nothing else yet. */
export class BundledFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;
  /** The name as text, known before deployment. */
  readonly functionName: string;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    const { settings, service, bundle = service, memory, timeout } = props;
    const functionName = serviceName(settings, service);
    this.functionName = functionName;
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      }),
    );
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      role,
      logGroup: this.logGroup,
      code: compiledAsset(bundleFolder(this, bundle)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      // The asset has code compiled for one version of Node: another comes with a deployment, not between two.
      runtimeManagementMode: RuntimeManagementMode.FUNCTION_UPDATE,
      memorySize: memory,
      timeout: Duration.seconds(timeout),
      loggingFormat: LoggingFormat.JSON,
      ...(settings.tracing && TRACED),
      environment: {
        POWERTOOLS_SERVICE_NAME: service,
        METRICS_NAMESPACE: metricsNamespace(settings),
        INTROSPECTION: settings.introspection ? 'on' : 'off',
      },
    });
    Validations.of(this.function).acknowledge(...FINDINGS_ACCEPTED);
  }
}

/** Spans are made by platform/telemetry/span.ts, where this layer has registered OpenTelemetry. */
const TRACED = {
  tracing: Tracing.ACTIVE,
  adotInstrumentation: {
    layerVersion: AdotLayerVersion.fromJavaScriptSdkLayerVersion(AdotLambdaLayerJavaScriptSdkVersion.LATEST),
    execWrapper: AdotLambdaExecWrapper.REGULAR_HANDLER,
  },
};

const FINDINGS_ACCEPTED = [
  {
    id: 'Serverless::Serverless-LambdaDLQ',
    reason:
      'A caller gets the error, a deployment fails by it, and a consumer has a failure destination, which tells more.',
  },
  {
    id: 'Serverless::Serverless-LambdaTracing',
    reason:
      'Writing to X-Ray cannot be granted on a resource: the setting `tracing` turns it on, for those who want spans.',
  },
];
