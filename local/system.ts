import { mkdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { basename, join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { functionArn, LOCAL_ACCOUNT } from './assembly/arns.ts';
import type { RuntimeAttributes } from './assembly/intrinsics.ts';
import { withLocalUrls } from './assembly/local-urls.ts';
import { emptyModel, type SystemModel } from './assembly/model.ts';
import { readStacks } from './assembly/read-system-model.ts';
import { resolveSecrets } from './assembly/resolve-secrets.ts';
import { selectFunctions } from './assembly/select-functions.ts';
import { AwsEndpoint, deniedLine } from './aws/aws-endpoint.ts';
import { Clock } from './aws/clock.ts';
import type { StackDifference } from './aws/cloudformation/deployed-stacks.ts';
import { DeploymentServices } from './aws/cloudformation/deployment-services.ts';
import { withDescriptions } from './aws/control-plane/declared-resource.ts';
import { DescribeRules } from './aws/control-plane/describe-rules.ts';
import { statementsOf } from './aws/dead-letters.ts';
import { DynamoDbApi } from './aws/dynamodb/dynamodb-api.ts';
import { type Emulator, startEmulator } from './aws/dynamodb/emulator.ts';
import { ensureTables } from './aws/dynamodb/tables.ts';
import { EventsApi } from './aws/events/events-api.ts';
import { ExecuteApi } from './aws/execute-api.ts';
import { isServiceAllowed } from './aws/iam/resource-policy.ts';
import { DeclaredFunctions } from './aws/lambda/declared-functions.ts';
import { DeployedCode } from './aws/lambda/deployed-code.ts';
import { accessVariables } from './aws/lambda/environment-variables.ts';
import { LambdaApi } from './aws/lambda/invoke-api.ts';
import { LambdaService } from './aws/lambda/lambda-service.ts';
import { Messaging } from './aws/messaging.ts';
import { metered } from './aws/metered.ts';
import { Monitoring } from './aws/monitoring.ts';
import { SqsApi } from './aws/sqs/sqs-api.ts';
import { SsmApi } from './aws/ssm-api.ts';
import { availablePort } from './http/port.ts';
import { serveSystem } from './http/serve-system.ts';
import { WebSocketApi } from './http/websocket/websocket-api.ts';
import { Identity } from './identity/identity.ts';
import { IDENTITY_PATH } from './identity/identity-api.ts';
import { Metrics } from './logs/metrics.ts';
import { RecentLog } from './logs/recent-log.ts';
import type { SystemOptions } from './system-options.ts';

const DEFAULT_MAX_CONCURRENCY = 10;
/** Milliseconds a call waits for a free environment. AWS would start another: an account has a thousand. */
const WAIT_TIMEOUT = 20_000;

/** Runs the system that a cloud assembly declares on this machine. */
export class LocalSystem {
  readonly aws: AwsEndpoint;
  readonly lambda: LambdaService;
  /** Alarms and deployments. */
  readonly monitoring: Monitoring;
  readonly #options: SystemOptions;
  readonly #emulator: Emulator;
  readonly #messaging: Messaging;
  readonly #webSockets: WebSocketApi;
  readonly #tables: DynamoDbApi;
  readonly #metrics = new Metrics((metric) => this.monitoring.countLogged(metric));
  readonly #recentLog = new RecentLog();
  readonly #code: DeployedCode;
  readonly #deployments: DeploymentServices;
  readonly #functions: DeclaredFunctions;
  /** Asset directories by function name. */
  readonly #assets = new Map<string, string>();
  #model: SystemModel = emptyModel();
  /** Stream mappings as JSON. */
  #runningMappings = '';
  #server: Server | undefined;
  #awsUrl = '';

  private constructor(options: SystemOptions, emulator: Emulator) {
    this.#options = options;
    this.#emulator = emulator;
    this.#code = new DeployedCode(join(options.data, 'code'));
    const { mapLine = (line) => line } = options;
    const onLog = (functionName: string, written: string) => {
      this.#metrics.add(written);
      this.#messaging.logSubscriptions.add(functionName, written);
      const line = mapLine(written);
      this.#recentLog.add({ time: Date.now(), functionName, line });
      options.onLog(functionName, line);
    };
    this.lambda = new LambdaService({
      maxConcurrency: options.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY,
      waitTimeout: WAIT_TIMEOUT,
      variablesFor: (name) => accessVariables(this.aws.credentialsOf(name), this.#awsUrl),
      functionArn,
      onLog,
      onInvoked: options.onInvoked,
      onCall: (call) => this.monitoring.countCall(call),
      lastVersionOf: (name) => this.#deployments.lastVersionOf(name),
      onReplaced: (name, version) => this.monitoring.alarms.watchVersion(name, version),
    });
    this.#messaging = new Messaging({
      directory: options.data,
      dynamoDb: emulator.endpoint,
      lambda: this.lambda,
      model: () => this.#model,
      allows: (functionName, access) => this.aws.allows(functionName, access),
      onLog: options.onLog,
    });
    this.#webSockets = new WebSocketApi({
      definition: () => this.#model.webSocketApi,
      invoke: (name, payload, invokeOptions) => this.lambda.invoke(name, payload, invokeOptions),
      mayInvoke: ({ arn }, sourceArn) =>
        isServiceAllowed(statementsOf(this.#model, arn), {
          service: 'apigateway.amazonaws.com',
          action: 'lambda:InvokeFunction',
          sourceArn,
        }),
    });
    const { asyncInvocations, buses, replays, queues } = this.#messaging;
    this.monitoring = new Monitoring({
      clock: options.clock ?? new Clock(),
      lambda: this.lambda,
      queues,
      model: () => this.#model,
      onNotice: (line) => options.onNotice?.(line),
    });
    this.#tables = new DynamoDbApi(emulator.endpoint, (tables) => this.#messaging.notifyWrite(tables));
    const ssm = new SsmApi(() => this.#model.parameters);
    this.#deployments = new DeploymentServices({
      directory: options.data,
      runtime: this.#runtimeAttributes(),
      dynamoDb: () => this.#dynamoDb(),
      lambda: this.lambda,
      deploy: (alias, from, to) => this.monitoring.deploy(alias, from, to),
      invoke: (arn, payload) => this.#messaging.invokeLater(arn, payload),
      storedParameter: (name) => ssm.valueOf(name),
      apply: () => this.#apply(),
      onLog: options.onLog,
    });
    this.#functions = new DeclaredFunctions(this.lambda, (name) => this.#deployments.isHeld(name));
    const resourcesOf = (type: string) => this.#deployments.resourcesOf(type);
    this.aws = new AwsEndpoint({
      services: {
        dynamodb: metered(this.#tables, options.onUsage),
        lambda: new LambdaApi(this.lambda, asyncInvocations, options.part?.deployed),
        events: withDescriptions(
          metered(new EventsApi(buses, replays), options.onUsage),
          new DescribeRules(resourcesOf),
        ),
        sqs: new SqsApi(queues, () => this.#model.queues),
        'execute-api': new ExecuteApi(this.#webSockets),
        ssm,
        ...this.monitoring.services,
        ...this.#deployments.services(() => this.aws.operator),
      },
      onDenied: (call) => options.onLog(call.functionName, deniedLine(call, options.grantHint?.(call))),
    });
  }

  /** Starts every resource in the assembly. */
  static async start(options: SystemOptions): Promise<LocalSystem> {
    if (options.fresh) rmSync(options.data, { recursive: true, force: true });
    mkdirSync(options.data, { recursive: true });
    const port = await availablePort(options.port);
    const emulator = await startEmulator({
      file: join(options.data, 'dynamodb.db'),
      endpoint: options.dynamoDbEndpoint,
      onLog: (line) => options.onLog('dynamodb', line),
    });
    const system = new LocalSystem({ ...options, port }, emulator);
    try {
      await system.#open();
      return system;
    } catch (error) {
      await system.close();
      throw error;
    }
  }

  get url(): string {
    return `http://localhost:${this.#options.port}`;
  }

  /** Address of the WebSocket API; undefined if there is none. */
  get webSocketUrl(): string | undefined {
    const { webSocketApi } = this.#model;
    return webSocketApi && `${this.url.replace(/^http/, 'ws')}/${webSocketApi.stage}`;
  }

  get model(): SystemModel {
    return this.#model;
  }

  /** Stacks that do not run as the assembly has them, because a deployment changed them. */
  get stackDifferences(): StackDifference[] {
    return this.#deployments.differences();
  }

  /** Endpoint of all AWS services, with the operator's credentials. */
  get awsAccess() {
    return { endpoint: this.#awsUrl, region: LOCAL_ACCOUNT.region, credentials: this.aws.operator };
  }

  /** Reads the assembly again and applies its changes, with those of rebuilt bundles. */
  async reload(bundles: Iterable<string> = []): Promise<void> {
    this.#deployments.adopt(this.#options.assembly);
    for (const name of bundles) this.#code.invalidate(name);
    const model = this.#readModel();
    await ensureTables(this.#dynamoDb(), model.tables);
    await this.#apply(model);
    this.#code.sweep(this.lambda.codeInUse());
  }

  /** Runs what the stacks declare now; what did not change goes on. */
  async #apply(model = this.#readModel()): Promise<void> {
    const mappings = this.#declaredMappings();
    const areMappingsChanged = mappings !== this.#runningMappings;
    this.#runningMappings = mappings;
    this.#model = model;
    this.#putFunctions();
    this.monitoring.reload();
    if (areMappingsChanged) await this.#messaging.reload();
  }

  /** Replaces the functions that run rebuilt bundles, named by their folders. New environments start from copies of them. */
  replaceBundles(names: ReadonlySet<string>): void {
    for (const name of names) this.#code.invalidate(name);
    for (const definition of this.#model.functions) {
      const asset = this.#deployments.codeOf(definition.name) ?? this.#assets.get(definition.name) ?? '';
      if (!names.has(basename(asset))) continue;
      this.#assets.set(definition.name, asset);
      definition.codeDirectory = this.#code.copyOf(asset);
      this.#functions.put(definition);
    }
    this.#code.sweep(this.lambda.codeInUse());
  }

  /** Stops all processes and waits for them. */
  async close(): Promise<void> {
    this.#emulator.expectExit();
    await this.#webSockets.close();
    this.#server?.close();
    this.#server?.closeAllConnections();
    this.#options.part?.deployed.close();
    const deploymentsEnded = this.#deployments.close();
    this.monitoring.close();
    this.#messaging.stop();
    await deploymentsEnded;
    await this.lambda.close();
    this.aws.close();
    this.#tables.close();
    await this.#messaging.close();
    await this.#emulator.stop();
  }

  /** Kills all processes without waiting. */
  kill(): void {
    void this.lambda.close();
    this.#emulator.kill();
  }

  async #open(): Promise<void> {
    const { port, data } = this.#options;
    this.#awsUrl = await this.aws.listen();
    this.#deployments.adopt(this.#options.assembly);
    this.#model = this.#readModel();
    this.#runningMappings = this.#declaredMappings();
    await ensureTables(this.#dynamoDb(), this.#model.tables);
    const identity = await Identity.open({
      file: join(data, 'identity.json'),
      issuer: issuerAt(port),
      audience: this.#model.audience ?? '',
    });
    this.monitoring.reload();
    this.#putFunctions();
    this.#server = await serveSystem(port, {
      model: () => this.#model,
      lambda: this.lambda,
      monitoring: this.monitoring,
      webSockets: this.#webSockets,
      identity,
      metrics: this.#metrics,
      recentLog: this.#recentLog,
      pages: this.#options,
    });
    this.#messaging.start();
    this.monitoring.start();
    this.#deployments.recover();
  }

  #runtimeAttributes(): RuntimeAttributes {
    return {
      'AWS::Cognito::UserPool': { ProviderURL: () => issuerAt(this.#options.port) },
      'AWS::SQS::Queue': { Ref: (name) => `${this.#awsUrl}/${LOCAL_ACCOUNT.accountId}/${name}` },
    };
  }

  #readModel(): SystemModel {
    const { part, assembly } = this.#options;
    const whole = readStacks(this.#deployments.stacks(), assembly, this.#runtimeAttributes());
    const model = part ? selectFunctions(whole, part.runs) : whole;
    for (const definition of model.functions) {
      const environment = resolveSecrets(definition.environment, this.#options.secrets ?? {});
      definition.environment = withLocalUrls(environment, model.webSocketApi, { aws: this.#awsUrl, api: this.url });
      this.#assets.set(definition.name, definition.codeDirectory);
      definition.codeDirectory = this.#code.copyOf(definition.codeDirectory);
    }
    return model;
  }

  #declaredMappings(): string {
    return JSON.stringify(this.#deployments.resourcesOf('AWS::Lambda::EventSourceMapping'));
  }

  #putFunctions(): void {
    for (const { name, policies } of this.#model.functions) this.aws.setPolicies(name, policies);
    this.#functions.putAll(this.#model.functions);
  }

  #dynamoDb(): DynamoDBClient {
    return new DynamoDBClient(this.awsAccess);
  }
}

function issuerAt(port: number): string {
  return `http://localhost:${port}${IDENTITY_PATH}`;
}
