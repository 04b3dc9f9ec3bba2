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
  /** Last part of the function's name, after graph and stage. */
  service: string;
  /** Name of its bundle; default: the service. */
  bundle?: string;
  /** MiB. */
  memory: number;
  /** Seconds. */
  timeout: number;
  /** Maximum environments at once, reserved in the account; default: the account's unreserved concurrency. */
  reservedConcurrency?: number;
}

/** A Lambda function with its bundle, and a role that may only write its own logs. */
export class BundledFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;
  /** Name as plain text, without CDK tokens. */
  readonly functionName: string;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    const { settings, service, bundle = service, memory, timeout, reservedConcurrency } = props;
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
      // The asset's code cache is for one version of Node: update the runtime only with a deployment.
      runtimeManagementMode: RuntimeManagementMode.FUNCTION_UPDATE,
      memorySize: memory,
      timeout: Duration.seconds(timeout),
      ...(reservedConcurrency && { reservedConcurrentExecutions: reservedConcurrency }),
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

/** This layer registers OpenTelemetry, which platform/telemetry/span.ts uses. */
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
    reason: 'Synchronous callers get the error, and consumers have a failure destination, which has more details.',
  },
  {
    id: 'Serverless::Serverless-LambdaTracing',
    reason: 'X-Ray permissions cannot be limited to a resource. The setting `tracing` enables it.',
  },
];
