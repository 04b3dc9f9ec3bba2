import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PLACE } from './assembly/intrinsics.ts';
import type { AwsRequest, AwsResponse } from './aws-request.ts';
import { isAllowed, type PolicyStatement } from './iam/policy.ts';
import { SignatureRefused, verifySignature } from './iam/sigv4.ts';
import { invokedFunction } from './lambda/invoke-api.ts';

/** A call that a function's role does not allow. */
export interface DeniedCall {
  functionName: string;
  action: string;
  resource: string;
}

export interface AwsEndpointOptions {
  /** Where DynamoDB answers. */
  dynamoDb: string;
  /** Answers Lambda's API; undefined for a call that it does not know. */
  lambda: (request: AwsRequest) => Promise<AwsResponse | undefined>;
  onDenied: (call: DeniedCall) => void;
}

/** A key pair as AWS SDKs take it. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

interface Principal {
  /** Undefined for the operator, who may do all. */
  functionName: string | undefined;
  secret: string;
}

/** What a call does to one resource; a call is made of one or several, and each must be allowed. */
interface Access {
  action: string;
  resource: string;
}

/**
 * The AWS of this machine: one endpoint for every service. It verifies each call's signature, checks it against the
 * policies of the function whose credentials signed it, and refuses as AWS does.
 */
export class AwsEndpoint {
  /** Credentials that may do everything, for whoever runs the system. */
  readonly operator: Credentials;
  /** How often each function called each DynamoDB action: `function action` → calls. */
  readonly tableCalls = new Map<string, number>();
  readonly #options: AwsEndpointOptions;
  readonly #principals = new Map<string, Principal>();
  readonly #credentials = new Map<string, Credentials>();
  readonly #policies = new Map<string, PolicyStatement[]>();
  readonly #agent = new Agent({ keepAlive: true });
  readonly #server = createServer((incoming, outgoing) => {
    void this.#answer(incoming)
      .catch((): AwsResponse => failed(500, 'InternalFailure', 'The local AWS endpoint failed.'))
      .then(({ status, headers, body }) => outgoing.writeHead(status, headers).end(body));
  });

  constructor(options: AwsEndpointOptions) {
    this.#options = options;
    this.operator = this.#issue(undefined);
  }

  /** Starts to listen on this machine alone; returns the address. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The credentials of a function. */
  credentialsOf(functionName: string): Credentials {
    const known = this.#credentials.get(functionName) ?? this.#issue(functionName);
    this.#credentials.set(functionName, known);
    return known;
  }

  /** What a function's role allows, from now on. */
  setPolicies(functionName: string, statements: PolicyStatement[]): void {
    this.#policies.set(functionName, statements);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    this.#agent.destroy();
  }

  #issue(functionName: string | undefined): Credentials {
    const accessKeyId = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const secretAccessKey = randomBytes(30).toString('base64url');
    this.#principals.set(accessKeyId, { functionName, secret: secretAccessKey });
    return { accessKeyId, secretAccessKey };
  }

  async #answer(incoming: IncomingMessage): Promise<AwsResponse> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = incoming;
    const request: AwsRequest = { method, url, headers, body: Buffer.concat(chunks) };
    try {
      const { accessKeyId, service } = verifySignature(request, (key) => this.#principals.get(key)?.secret, Date.now());
      const functionName = this.#principals.get(accessKeyId)?.functionName;
      const refused = functionName && this.#refusal(functionName, accessesOf(service, request));
      if (refused) return refused;
      if (service === 'lambda') return (await this.#options.lambda(request)) ?? notOffered(service);
      if (service !== 'dynamodb') return notOffered(service);
      this.#count(functionName ?? 'operator', operationOf(request));
      return await this.#forward(request);
    } catch (error) {
      if (error instanceof SignatureRefused) return failed(403, error.type, error.message);
      if (error instanceof SyntaxError) return failed(400, 'SerializationException', 'The request body is not JSON.');
      throw error;
    }
  }

  #refusal(functionName: string, accesses: Access[]): AwsResponse | undefined {
    const statements = this.#policies.get(functionName) ?? [];
    const denied = accesses.find(({ action, resource }) => !isAllowed(statements, action, resource));
    if (!denied) return undefined;
    const { action, resource } = denied;
    this.#options.onDenied({ functionName, action, resource });
    const user = `arn:aws:sts::${PLACE.accountId}:assumed-role/${functionName}/${functionName}`;
    const reason = `because no identity-based policy allows the ${action} action`;
    return failed(
      403,
      'AccessDeniedException',
      `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
    );
  }

  #count(functionName: string, operation: string): void {
    const key = `${functionName} ${operation}`;
    this.tableCalls.set(key, (this.tableCalls.get(key) ?? 0) + 1);
  }

  #forward({ method, url, headers, body }: AwsRequest): Promise<AwsResponse> {
    return new Promise((resolve) => {
      const { host: _, ...rest } = headers;
      const call = httpRequest(
        `${this.#options.dynamoDb}${url}`,
        { method, headers: rest, agent: this.#agent },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 500,
              headers: response.headers as Record<string, string>,
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      call.on('error', () => resolve(failed(503, 'ServiceUnavailable', 'The local DynamoDB does not answer.')));
      call.end(body);
    });
  }
}

function operationOf({ headers }: AwsRequest): string {
  return String(headers['x-amz-target']).split('.').pop() ?? '';
}

function accessesOf(service: string, request: AwsRequest): Access[] {
  if (service === 'lambda') {
    const target = invokedFunction(request);
    const qualifier = target?.qualifier ? `:${target.qualifier}` : '';
    const resource = `arn:aws:lambda:${PLACE.region}:${PLACE.accountId}:function:${target?.name}${qualifier}`;
    return [{ action: 'lambda:InvokeFunction', resource }];
  }
  if (service !== 'dynamodb') return [{ action: `${service}:${operationOf(request)}`, resource: '*' }];
  return tableAccesses(operationOf(request), JSON.parse(request.body.toString('utf8') || '{}') as DynamoDbInput);
}

interface DynamoDbInput {
  TableName?: string;
  IndexName?: string;
  RequestItems?: Record<string, unknown>;
  TransactItems?: Record<string, { TableName?: string }>[];
}

/** A transaction needs the permission of each action in it, https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
const IN_TRANSACTIONS: Record<string, string> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  ConditionCheck: 'ConditionCheckItem',
};

function tableAccesses(operation: string, input: DynamoDbInput): Access[] {
  const { TableName, IndexName, RequestItems, TransactItems } = input;
  const access = (name: string, by: string): Access => ({
    action: `dynamodb:${by}`,
    resource: `arn:aws:dynamodb:${PLACE.region}:${PLACE.accountId}:table/${name}`,
  });
  if (RequestItems) return Object.keys(RequestItems).map((name) => access(name, operation));
  if (TransactItems) {
    return TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName: name = '' }]) => access(name, IN_TRANSACTIONS[kind] ?? kind)),
    );
  }
  return [access(IndexName ? `${TableName}/index/${IndexName}` : (TableName ?? '*'), operation)];
}

function notOffered(service: string): AwsResponse {
  return failed(501, 'NotImplemented', `The local run has no counterpart for this call of the service "${service}".`);
}

/** An error in the shape of AWS's JSON protocols. */
function failed(status: number, type: string, message: string): AwsResponse {
  const body = JSON.stringify({ __type: `com.amazon.coral.service#${type}`, message, Message: message });
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': type }, body };
}
