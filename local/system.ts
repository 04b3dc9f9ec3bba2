import { mkdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PLACE } from './assembly/intrinsics.ts';
import { type SystemModel, systemModel } from './assembly/system-model.ts';
import { AwsEndpoint, type DeniedCall } from './aws-endpoint.ts';
import { type Emulator, startEmulator } from './dynamodb/emulator.ts';
import { ensureTables } from './dynamodb/tables.ts';
import { httpApi } from './http-api.ts';
import { Identity } from './identity.ts';
import { answerIdentity, IDENTITY_PATH } from './identity-api.ts';
import { answerInvoke } from './lambda/invoke-api.ts';
import { LambdaService } from './lambda/lambda-service.ts';
import { type Page, servePage } from './pages.ts';

export interface SystemOptions {
  /** The cloud assembly. */
  assembly: string;
  /** Where data is kept between runs. */
  data: string;
  /** The explorer's built files. */
  explorer: string;
  /** The web client's built files; it is not served without them. */
  webClient?: string;
  /** Port of the HTTP API; 0 for any. */
  port: number;
  /** Whether to begin with no data. */
  fresh?: boolean;
  /** A DynamoDB that runs already. */
  dynamoDbEndpoint?: string | undefined;
  onLog: (functionName: string, line: string) => void;
}

const MAX_CONCURRENCY = 10;

/** The whole system on this machine, as its cloud assembly describes it. */
export class LocalSystem {
  readonly aws: AwsEndpoint;
  readonly lambda: LambdaService;
  readonly #options: SystemOptions;
  readonly #emulator: Emulator;
  #model: SystemModel;
  #server: Server | undefined;
  #awsUrl = '';
  #identity: Identity | undefined;

  private constructor(options: SystemOptions, emulator: Emulator) {
    this.#options = options;
    this.#emulator = emulator;
    this.#model = systemModel(options.assembly, runtimeAttributes(options.port));
    this.lambda = new LambdaService({
      maxConcurrency: MAX_CONCURRENCY,
      variablesFor: (name) => this.#variablesFor(name),
      functionArn: (name) => `arn:aws:lambda:${PLACE.region}:${PLACE.accountId}:function:${name}`,
      onLog: options.onLog,
    });
    this.aws = new AwsEndpoint({
      dynamoDb: emulator.endpoint,
      lambda: (request) => answerInvoke(this.lambda, request),
      onDenied: (call) => options.onLog(call.functionName, deniedLine(call)),
    });
  }

  /** Starts everything that the assembly declares. */
  static async start(options: SystemOptions): Promise<LocalSystem> {
    if (options.fresh) rmSync(options.data, { recursive: true, force: true });
    mkdirSync(options.data, { recursive: true });
    const port = await listenable(options.port);
    const emulator = await startEmulator({
      file: join(options.data, 'dynamodb.db'),
      endpoint: options.dynamoDbEndpoint,
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

  get model(): SystemModel {
    return this.#model;
  }

  /** The endpoint of every AWS service, with the operator's credentials. */
  get awsAccess() {
    return { endpoint: this.#awsUrl, region: PLACE.region, credentials: this.aws.operator };
  }

  /** Reads the assembly again and makes the system as it now says; functions whose code changed are replaced too. */
  async reload(): Promise<void> {
    const model = systemModel(this.#options.assembly, runtimeAttributes(this.#options.port));
    await ensureTables(this.#dynamoDb(), model.tables);
    this.#model = model;
    this.#putFunctions();
  }

  /** Replaces one function: its environments start anew from its asset. */
  replaceFunction(name: string): void {
    const definition = this.#model.functions.find((each) => each.name === name);
    if (definition) this.lambda.put(definition);
  }

  /** Ends everything; no process is left. */
  async close(): Promise<void> {
    this.#server?.close();
    this.#server?.closeAllConnections();
    await this.lambda.close();
    this.aws.close();
    await this.#emulator.stop();
  }

  async #open(): Promise<void> {
    const { port, data } = this.#options;
    this.#awsUrl = await this.aws.listen();
    await ensureTables(this.#dynamoDb(), this.#model.tables);
    this.#identity = await Identity.open({
      file: join(data, 'identity.json'),
      issuer: issuerAt(port),
      audience: this.#model.audience ?? '',
    });
    this.#putFunctions();
    this.#server = await this.#listen(port);
  }

  #putFunctions(): void {
    for (const definition of this.#model.functions) {
      this.aws.setPolicies(definition.name, definition.policies);
      this.lambda.put(definition);
    }
    this.lambda.keepOnly(new Set(this.#model.functions.map(({ name }) => name)));
  }

  #variablesFor(functionName: string): Record<string, string> {
    const { accessKeyId, secretAccessKey } = this.aws.credentialsOf(functionName);
    return {
      AWS_REGION: PLACE.region,
      AWS_DEFAULT_REGION: PLACE.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_ENDPOINT_URL: this.#awsUrl,
    };
  }

  #dynamoDb(): DynamoDBClient {
    return new DynamoDBClient(this.awsAccess);
  }

  async #listen(port: number): Promise<Server> {
    const api = httpApi({
      routes: () => this.#model.routes,
      cors: () => this.#model.cors,
      invoke: (name, payload, qualifier) => this.lambda.invoke(name, payload, qualifier),
    });
    const server = createServer((incoming, outgoing) => {
      this.#route(api, incoming, outgoing).catch(() => outgoing.destroy());
    });
    await listening(server, port);
    return server;
  }

  async #route(api: ReturnType<typeof httpApi>, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', this.url);
    if (url.pathname.startsWith(IDENTITY_PATH)) return this.#answerIdentity(url, incoming, outgoing);
    if (servePage(pagesOf(this.#options), incoming, outgoing)) return;
    return api(incoming, outgoing);
  }

  async #answerIdentity(url: URL, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const answer = this.#identity && (await answerIdentity(this.#identity, incoming.method ?? '', url, body));
    const { status, body: content } = answer ?? { status: 404, body: { message: 'Not Found' } };
    outgoing
      .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify(content));
  }
}

/** A page may load from its own origin alone. GraphiQL writes style elements, and its icons are data. */
const EXPLORER_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:";
/** The photos of listings may lie anywhere. */
const WEB_CLIENT_POLICY =
  "default-src 'self'; img-src 'self' data: https:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** The pages beside the API. */
function pagesOf({ explorer, webClient }: SystemOptions): Page[] {
  const own = { directory: explorer, home: '/', files: '/explorer/', policy: EXPLORER_POLICY };
  if (!webClient) return [own];
  return [own, { directory: webClient, home: '/app/', files: '/app/', policy: WEB_CLIENT_POLICY, hasPaths: true }];
}

function issuerAt(port: number): string {
  return `http://localhost:${port}${IDENTITY_PATH}`;
}

function runtimeAttributes(port: number) {
  return { 'AWS::Cognito::UserPool': { ProviderURL: () => issuerAt(port) } };
}

function deniedLine({ action, resource }: DeniedCall): string {
  return `AccessDenied: the function's role does not allow ${action} on ${resource}. Grant it where infra/ makes the role.`;
}

/** A port that can be listened on: the one asked for, or any; a taken one is a clear error. */
async function listenable(port: number): Promise<number> {
  const server = createServer();
  await listening(server, port);
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : port;
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken: choose another with --port.`) : error),
    );
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
