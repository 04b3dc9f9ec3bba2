import { randomUUID } from 'node:crypto';
import { LOCAL_ACCOUNT } from '../../assembly/intrinsics.ts';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import type { Access, AwsService } from '../aws-service.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import type { DeployedFunctions } from './deployed-functions.ts';
import type { InvokeResult } from './function-definition.ts';
import { type FunctionRef, functionRef } from './function-ref.ts';
import { InvocationRefused, type LambdaService } from './lambda-service.ts';

/** Bytes of an asynchronous invocation's payload. */
const MAX_ASYNC_PAYLOAD = 1024 * 1024;

/** Lambda's Invoke call, https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export class LambdaApi implements AwsService {
  readonly #lambda: LambdaService;
  readonly #queue: AsyncInvocations;

  /** Functions call those that are not run here where they are deployed. The operator does not: what is loaded here stays here. */
  readonly #deployed: DeployedFunctions | undefined;

  constructor(lambda: LambdaService, queue: AsyncInvocations, deployed?: DeployedFunctions) {
    this.#lambda = lambda;
    this.#queue = queue;
    this.#deployed = deployed;
  }

  accesses(request: AwsRequest): Access[] {
    const { name, qualifier } = invokedFunction(request) ?? { name: '*', qualifier: undefined };
    const resource = `arn:aws:lambda:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:function:${name}${qualifier ? `:${qualifier}` : ''}`;
    return [{ action: 'lambda:InvokeFunction', resource }];
  }

  async handle(request: AwsRequest, caller?: string): Promise<AwsResponse | undefined> {
    const target = invokedFunction(request);
    if (!target) return undefined;
    if (caller && this.#deployed && !this.#lambda.has(target.name)) return this.#deployed.answer(target, request);
    const type = String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse');
    const invoke = this.#types[type] ?? (() => Promise.reject(unknownType(type)));
    return invoke(target, request).catch(refusal);
  }

  readonly #types: Record<string, (target: FunctionRef, request: AwsRequest) => Promise<AwsResponse>> = {
    RequestResponse: async ({ name, qualifier }, request) => {
      const options = { qualifier, clientContext: clientContextOf(request), traceHeader: traceHeaderOf(request) };
      return answered(await this.#lambda.invoke(name, payloadOf(request), options), request);
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

/** The function that an Invoke request names; undefined for another call. */
export function invokedFunction({ method, url }: Pick<AwsRequest, 'method' | 'url'>): FunctionRef | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [, encoded] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(pathname) ?? [];
  if (method !== 'POST' || !encoded) return undefined;
  const { name, qualifier } = functionRef(decodeURIComponent(encoded));
  return { name, qualifier: searchParams.get('Qualifier') ?? qualifier };
}

function answered({ requestId, body, functionError, log }: InvokeResult, { headers }: AwsRequest): AwsResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amz-executed-version': '$LATEST',
      ...(functionError && { 'x-amz-function-error': functionError }),
      ...(headers['x-amz-log-type'] === 'Tail' && { 'x-amz-log-result': tail(log) }),
    },
    body,
  };
}

/** The payload of an asynchronous invocation; one that is too large is refused now, as nobody is there later to be told. */
function asyncPayload(request: AwsRequest): Buffer {
  const payload = payloadOf(request);
  if (payload.length <= MAX_ASYNC_PAYLOAD) return payload;
  const message = `${payload.length} byte payload is too large for the Event invocation type (limit ${MAX_ASYNC_PAYLOAD} bytes)`;
  throw new InvocationRefused(413, 'RequestTooLargeException', message);
}

/** The payload; none is an empty object. One that is no JSON is refused. */
function payloadOf({ body }: AwsRequest): Buffer {
  if (body.length === 0) return Buffer.from('{}');
  parsed(body.toString('utf8'), 'Could not parse request body into json');
  return body;
}

/** The caller's trace, https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function traceHeaderOf({ headers }: AwsRequest): string | undefined {
  const header = headers['x-amzn-trace-id'];
  return header === undefined ? undefined : String(header);
}

/** The client context in ASCII, as it travels in a header. */
function clientContextOf({ headers }: AwsRequest): string | undefined {
  const header = headers['x-amz-client-context'];
  if (header === undefined) return undefined;
  const text = Buffer.from(String(header), 'base64').toString('utf8');
  const json = JSON.stringify(parsed(text, 'Client context must be a valid Base64-encoded JSON object'));
  return json.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function parsed(text: string, complaint: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvocationRefused(400, 'InvalidRequestContentException', `${complaint}: ${reason}`);
  }
}

function unknownType(type: string): InvocationRefused {
  const message = `Invocation type "${type}" is not one of RequestResponse, Event, DryRun`;
  return new InvocationRefused(400, 'InvalidParameterValueException', message);
}

function refusal(error: unknown): AwsResponse {
  if (!(error instanceof InvocationRefused)) throw error;
  const { status, type, message, reason } = error;
  const body = JSON.stringify({ ...(reason && { Reason: reason }), Type: 'User', message });
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': type }, body };
}

/** The last 4 KB of a log, base64. */
function tail(log: string[]): string {
  return Buffer.from(`${log.join('\n')}\n`)
    .subarray(-4_096)
    .toString('base64');
}
