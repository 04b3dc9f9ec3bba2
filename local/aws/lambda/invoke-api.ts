import { randomUUID } from 'node:crypto';
import { LOCAL_ACCOUNT } from '../../assembly/arns.ts';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import type { Access, AwsService } from '../aws-service.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import type { DeployedFunctions } from './deployed-functions.ts';
import { FunctionApi } from './function-api.ts';
import type { InvokeResult } from './function-definition.ts';
import { type FunctionRef, functionRef } from './function-ref.ts';
import { InvocationRefused, type LambdaService } from './lambda-service.ts';

/** Maximum bytes of an asynchronous invocation's payload. */
const MAX_ASYNC_PAYLOAD = 1024 * 1024;

/** Lambda's API. Invocations, https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, are here; the rest in FunctionApi. */
export class LambdaApi implements AwsService {
  readonly #lambda: LambdaService;
  readonly #functions: FunctionApi;
  readonly #queue: AsyncInvocations;
  /** Used for functions' calls to functions that do not run here. The operator's calls, such as test data, stay local. */
  readonly #deployed: DeployedFunctions | undefined;

  constructor(lambda: LambdaService, queue: AsyncInvocations, deployed?: DeployedFunctions) {
    this.#lambda = lambda;
    this.#functions = new FunctionApi(lambda);
    this.#queue = queue;
    this.#deployed = deployed;
  }

  accesses(request: AwsRequest): Access[] {
    const target = invokedFunction(request);
    if (!target) return this.#functions.accesses(request);
    const { name, qualifier } = target;
    const resource = `arn:aws:lambda:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:function:${name}${qualifier ? `:${qualifier}` : ''}`;
    return [{ action: 'lambda:InvokeFunction', resource }];
  }

  async handle(request: AwsRequest, caller?: string): Promise<AwsResponse | undefined> {
    const target = invokedFunction(request);
    if (!target) return this.#functions.handle(request);
    if (caller && this.#deployed && !this.#lambda.has(target.name)) return this.#deployed.invoke(target, request);
    const type = String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse');
    const invoke = this.#types[type] ?? (() => Promise.reject(unknownType(type)));
    return invoke(target, request).catch(refusalResponse);
  }

  readonly #types: Record<string, (target: FunctionRef, request: AwsRequest) => Promise<AwsResponse>> = {
    RequestResponse: async ({ name, qualifier }, request) => {
      const options = { qualifier, clientContext: clientContextOf(request), traceHeader: traceHeaderOf(request) };
      return resultResponse(await this.#lambda.invoke(name, payloadOf(request), options), request);
    },
    Event: async ({ name, qualifier = '$LATEST' }, request) => {
      this.#lambda.definitionOf(name, qualifier);
      const payload = asyncPayload(request);
      const id = randomUUID();
      void this.#queue.accept({ id, functionName: name, qualifier, payload, traceHeader: traceHeaderOf(request) });
      return { status: 202, headers: { 'x-amzn-requestid': id }, body: '' };
    },
    DryRun: async ({ name, qualifier }) => {
      this.#lambda.definitionOf(name, qualifier);
      return { status: 204, headers: {}, body: '' };
    },
  };
}

/** Returns the function that an Invoke request names; undefined for another operation. */
export function invokedFunction({ method, url }: Pick<AwsRequest, 'method' | 'url'>): FunctionRef | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [, encoded] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(pathname) ?? [];
  if (method !== 'POST' || !encoded) return undefined;
  const { name, qualifier } = functionRef(decodeURIComponent(encoded));
  return { name, qualifier: searchParams.get('Qualifier') ?? qualifier };
}

function resultResponse(
  { requestId, executedVersion, body, functionError, log }: InvokeResult,
  { headers }: AwsRequest,
): AwsResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amz-executed-version': executedVersion,
      ...(functionError && { 'x-amz-function-error': functionError }),
      ...(headers['x-amz-log-type'] === 'Tail' && { 'x-amz-log-result': tail(log) }),
    },
    body,
  };
}

/** Returns the payload of an asynchronous invocation. Throws InvocationRefused if it is too large. */
function asyncPayload(request: AwsRequest): Buffer {
  const payload = payloadOf(request);
  if (payload.length <= MAX_ASYNC_PAYLOAD) return payload;
  const message = `${payload.length} byte payload is too large for the Event invocation type (limit ${MAX_ASYNC_PAYLOAD} bytes)`;
  throw new InvocationRefused(413, 'RequestTooLargeException', message);
}

/** Returns the payload, `{}` by default. Throws InvocationRefused if it is not JSON. */
function payloadOf({ body }: AwsRequest): Buffer {
  if (body.length === 0) return Buffer.from('{}');
  parseJson(body.toString('utf8'), 'Could not parse request body into json');
  return body;
}

/** Returns the caller's trace header, https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function traceHeaderOf({ headers }: AwsRequest): string | undefined {
  const header = headers['x-amzn-trace-id'];
  return header === undefined ? undefined : String(header);
}

/** Returns the client context as ASCII JSON, because it is passed on in a header. */
function clientContextOf({ headers }: AwsRequest): string | undefined {
  const header = headers['x-amz-client-context'];
  if (header === undefined) return undefined;
  const text = Buffer.from(String(header), 'base64').toString('utf8');
  const json = JSON.stringify(parseJson(text, 'Client context must be a valid Base64-encoded JSON object'));
  return json.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function parseJson(text: string, errorMessage: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvocationRefused(400, 'InvalidRequestContentException', `${errorMessage}: ${reason}`);
  }
}

function unknownType(type: string): InvocationRefused {
  const message = `Invocation type "${type}" is not one of RequestResponse, Event, DryRun`;
  return new InvocationRefused(400, 'InvalidParameterValueException', message);
}

/** Returns Lambda's response to an invocation that it refuses; throws any other error. */
export function refusalResponse(error: unknown): AwsResponse {
  if (!(error instanceof InvocationRefused)) throw error;
  const { status, type, message, reason } = error;
  const body = JSON.stringify({ ...(reason && { Reason: reason }), Type: 'User', message });
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': type }, body };
}

/** Returns the last 4 KB of a log in base64. */
function tail(log: string[]): string {
  return Buffer.from(`${log.join('\n')}\n`)
    .subarray(-4_096)
    .toString('base64');
}
