import { randomUUID } from 'node:crypto';
import { PLACE } from '../assembly/intrinsics.ts';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import type { Access, AwsService } from '../aws-service.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import { type FunctionRef, functionRef } from './function-ref.ts';
import { InvocationRefused, type LambdaService } from './lambda-service.ts';

/** Bytes of an asynchronous invocation's payload. */
const MAX_ASYNC_PAYLOAD = 1024 * 1024;

/** Lambda's Invoke call, https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export class LambdaApi implements AwsService {
  readonly #lambda: LambdaService;
  readonly #queue: AsyncInvocations;

  constructor(lambda: LambdaService, queue: AsyncInvocations) {
    this.#lambda = lambda;
    this.#queue = queue;
  }

  accesses(request: AwsRequest): Access[] {
    const { name, qualifier } = invokedFunction(request) ?? { name: '*', qualifier: undefined };
    const resource = `arn:aws:lambda:${PLACE.region}:${PLACE.accountId}:function:${name}${qualifier ? `:${qualifier}` : ''}`;
    return [{ action: 'lambda:InvokeFunction', resource }];
  }

  async answer(request: AwsRequest): Promise<AwsResponse | undefined> {
    const target = invokedFunction(request);
    if (!target) return undefined;
    const type = String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse');
    const invoke = this.#types[type] ?? (() => Promise.reject(unknownType(type)));
    return invoke(target, request).catch(refusal);
  }

  readonly #types: Record<string, (target: FunctionRef, request: AwsRequest) => Promise<AwsResponse>> = {
    RequestResponse: async ({ name, qualifier }, { body, headers: asked }) => {
      const result = await this.#lambda.invoke(name, body, { qualifier });
      const headers: Record<string, string> = {
        'content-type': 'application/json',
        'x-amzn-requestid': result.requestId,
        'x-amz-executed-version': '$LATEST',
      };
      if (result.functionError) headers['x-amz-function-error'] = result.functionError;
      if (asked['x-amz-log-type'] === 'Tail') headers['x-amz-log-result'] = tail(result.log);
      return { status: 200, headers, body: result.body };
    },
    Event: async ({ name, qualifier = '$LATEST' }, { body }) => {
      this.#lambda.definitionOf(name, qualifier);
      const payload = asyncPayload(body);
      const id = randomUUID();
      void this.#queue.accept({ id, functionName: name, qualifier, payload });
      return { status: 202, headers: { 'x-amzn-requestid': id }, body: '' };
    },
    DryRun: async ({ name, qualifier }) => {
      this.#lambda.definitionOf(name, qualifier);
      return { status: 204, headers: {}, body: '' };
    },
  };
}

/** The function that an Invoke request names; undefined for another call. */
function invokedFunction({ method, url }: Pick<AwsRequest, 'method' | 'url'>): FunctionRef | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [, encoded] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(pathname) ?? [];
  if (method !== 'POST' || !encoded) return undefined;
  const { name, qualifier } = functionRef(decodeURIComponent(encoded));
  return { name, qualifier: searchParams.get('Qualifier') ?? qualifier };
}

/** Checks the payload of an asynchronous invocation, as nobody is there later to be told. */
function asyncPayload(body: Buffer): Buffer {
  if (body.length > MAX_ASYNC_PAYLOAD) {
    const message = `${body.length} byte payload is too large for the Event invocation type (limit ${MAX_ASYNC_PAYLOAD} bytes)`;
    throw new InvocationRefused(413, 'RequestTooLargeException', message);
  }
  const payload = body.length > 0 ? body : Buffer.from('{}');
  try {
    JSON.parse(payload.toString('utf8'));
    return payload;
  } catch {
    const message = 'Could not parse request body into json';
    throw new InvocationRefused(400, 'InvalidRequestContentException', message);
  }
}

function unknownType(type: string): InvocationRefused {
  const message = `Invocation type "${type}" is not one of RequestResponse, Event, DryRun`;
  return new InvocationRefused(400, 'InvalidParameterValueException', message);
}

function refusal(error: unknown): AwsResponse {
  if (!(error instanceof InvocationRefused)) throw error;
  const { status, type, message, reason } = error;
  const body = JSON.stringify({ Type: 'User', Message: message, message, ...(reason && { Reason: reason }) });
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': type }, body };
}

/** The last 4 KB of a log, base64. */
function tail(log: string[]): string {
  return Buffer.from(`${log.join('\n')}\n`)
    .subarray(-4_096)
    .toString('base64');
}
