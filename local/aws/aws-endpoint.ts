import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOCAL_ACCOUNT } from '../assembly/arns.ts';
import type { AwsRequest, AwsResponse } from './aws-request.ts';
import { type Access, AwsError, type AwsService, errorResponse, operationOf } from './aws-service.ts';
import { isAllowed, type PolicyStatement } from './iam/policy.ts';
import { SignatureRefused, verifySignature } from './iam/sigv4.ts';
import { isQuery, queryError, queryOf } from './query-protocol.ts';
import { s3Error } from './s3/s3-api.ts';

/** A call that a function's role does not allow. */
export interface DeniedCall {
  functionName: string;
  action: string;
  resource: string;
}

/** Returns a line for the function's log, with how to grant the call. */
export function deniedLine({ action, resource }: DeniedCall, hint = 'Grant it in infra/.'): string {
  return `AccessDenied: the function's role does not allow ${action} on ${resource}. ${hint}`;
}

export interface AwsEndpointOptions {
  /** Services by their name in signatures. */
  services: Record<string, AwsService>;
  onDenied: (call: DeniedCall) => void;
}

/** Access key pair, as AWS SDKs accept it. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

interface Principal {
  /** Undefined for the operator, who has all permissions. */
  functionName: string | undefined;
  secret: string;
}

/**
 * Local endpoint of all AWS services. It verifies each call's signature, checks the policies of the function whose
 * credentials signed it, and denies calls as AWS does.
 */
export class AwsEndpoint {
  /** Credentials with all permissions. */
  readonly operator: Credentials;
  /** Number of calls by function and DynamoDB action: `function action` → calls. */
  readonly tableCalls = new Map<string, number>();
  /** Permissions that each function has used: `action resource` by function name. */
  readonly usedPermissions = new Map<string, Set<string>>();
  readonly #options: AwsEndpointOptions;
  readonly #principals = new Map<string, Principal>();
  readonly #credentials = new Map<string, Credentials>();
  readonly #policies = new Map<string, PolicyStatement[]>();
  readonly #server = createServer((incoming, outgoing) => {
    void this.#handle(incoming)
      .catch((): AwsResponse => errorResponse(INTERNAL_FAILURE))
      .then(({ status, headers, body }) => outgoing.writeHead(status, headers).end(body));
  });

  constructor(options: AwsEndpointOptions) {
    this.#options = options;
    this.operator = this.#issue(undefined);
  }

  /** Listens on the loopback interface; returns the URL. */
  async listen(): Promise<string> {
    // A frozen function keeps its connections; closing them would break its next call.
    this.#server.keepAliveTimeout = 0;
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Returns a function's credentials, the same at each call. */
  credentialsOf(functionName: string): Credentials {
    const credentials = this.#credentials.get(functionName) ?? this.#issue(functionName);
    this.#credentials.set(functionName, credentials);
    return credentials;
  }

  /** Replaces the policies of a function's role. */
  setPolicies(functionName: string, statements: PolicyStatement[]): void {
    this.#policies.set(functionName, statements);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #issue(functionName: string | undefined): Credentials {
    const accessKeyId = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const secretAccessKey = randomBytes(30).toString('base64url');
    this.#principals.set(accessKeyId, { functionName, secret: secretAccessKey });
    return { accessKeyId, secretAccessKey };
  }

  async #handle(incoming: IncomingMessage): Promise<AwsResponse> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = incoming;
    const request: AwsRequest = { method, url, headers, body: Buffer.concat(chunks) };
    try {
      const { accessKeyId, service } = verifySignature(request, (key) => this.#principals.get(key)?.secret, Date.now());
      const functionName = this.#principals.get(accessKeyId)?.functionName;
      const target = this.#options.services[service];
      const accesses = target?.accesses(request) ?? [{ action: `${service}:${nameOf(request)}`, resource: '*' }];
      const denied = functionName && this.#denial(functionName, accesses, request);
      if (denied) return denied;
      if (service === 'dynamodb') this.#count(functionName ?? 'operator', operationOf(request));
      const response = await target?.handle(request, functionName);
      return response ?? errorFor(request, notImplemented(service, nameOf(request)));
    } catch (error) {
      if (error instanceof SignatureRefused)
        return errorFor(request, { status: 403, type: error.type, message: error.message });
      if (error instanceof AwsError) return errorFor(request, error);
      throw error;
    }
  }

  /** Returns whether a function's role allows an action; reports a denial. */
  allows(functionName: string, { action, resource }: Access): boolean {
    const isGranted = isAllowed(this.#policies.get(functionName) ?? [], action, resource);
    if (isGranted) this.#recordUse(functionName, `${action} ${resource}`);
    else this.#options.onDenied({ functionName, action, resource });
    return isGranted;
  }

  #recordUse(functionName: string, access: string): void {
    const used = this.usedPermissions.get(functionName) ?? new Set();
    this.usedPermissions.set(functionName, used.add(access));
  }

  #denial(functionName: string, accesses: Access[], request: AwsRequest): AwsResponse | undefined {
    const denied = accesses.find((access) => !this.allows(functionName, access));
    if (!denied) return undefined;
    const user = `arn:aws:sts::${LOCAL_ACCOUNT.accountId}:assumed-role/${functionName}/${functionName}`;
    const reason = `because no identity-based policy allows the ${denied.action} action`;
    const message = `User: ${user} is not authorized to perform: ${denied.action} on resource: ${denied.resource} ${reason}`;
    return errorFor(request, { status: 403, type: 'AccessDeniedException', message });
  }

  #count(functionName: string, operation: string): void {
    const key = `${functionName} ${operation}`;
    this.tableCalls.set(key, (this.tableCalls.get(key) ?? 0) + 1);
  }
}

const INTERNAL_FAILURE = { status: 500, type: 'InternalFailure', message: 'The local AWS endpoint failed.' };

type Failure = Pick<AwsError, 'status' | 'type' | 'message'>;

function notImplemented(service: string, operation: string): Failure {
  const message = `The local run does not support the call ${operation} of the service "${service}".`;
  return { status: 501, type: 'NotImplemented', message };
}

/** Returns an error response in the protocol of the request: clients cannot read another one. */
function errorFor(request: AwsRequest, failure: Failure): AwsResponse {
  if (isQuery(request)) return queryError(failure);
  return /\/s3\/aws4_request/.test(String(request.headers.authorization)) ? s3Error(failure) : errorResponse(failure);
}

/** Returns the operation that a request names: its target, its form's action, or its method and path. */
function nameOf(request: AwsRequest): string {
  if (isQuery(request)) return queryOf(request).get('Action') ?? '';
  return request.headers['x-amz-target'] ? operationOf(request) : `${request.method} ${request.url}`;
}
