import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import type { InvokeResult } from './function-definition.ts';
import { InvocationRefused, type LambdaService } from './lambda-service.ts';

/** The function and qualifier that an Invoke request names, by name, `name:qualifier` or ARN; undefined for another call. */
export function invokedFunction({ method, url }: Pick<AwsRequest, 'method' | 'url'>) {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [, encoded] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(pathname) ?? [];
  if (method !== 'POST' || !encoded) return undefined;
  const [name = '', qualifier] = decodeURIComponent(encoded)
    .replace(/^arn:[^:]+:lambda:[^:]+:\d+:function:/, '')
    .split(':');
  return { name, qualifier: searchParams.get('Qualifier') ?? qualifier };
}

/** Answers Lambda's Invoke call, https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html; undefined for another call. */
export async function answerInvoke(service: LambdaService, request: AwsRequest): Promise<AwsResponse | undefined> {
  const target = invokedFunction(request);
  if (!target) return undefined;
  try {
    const { name, qualifier } = target;
    const options = { qualifier, clientContext: clientContextOf(request) };
    return answered(await service.invoke(name, payloadOf(request), options), request);
  } catch (error) {
    if (error instanceof InvocationRefused) return refused(error);
    throw error;
  }
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

function refused({ status, type, message, reason }: InvocationRefused): AwsResponse {
  const body = JSON.stringify({ ...(reason && { Reason: reason }), Type: 'User', message });
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': type }, body };
}

/** The payload; none is an empty object. One that is no JSON is refused. */
function payloadOf({ body }: AwsRequest): Buffer {
  if (body.length === 0) return Buffer.from('{}');
  parsed(body.toString('utf8'), 'Could not parse request body into json');
  return body;
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

/** The last 4 KB of a log, base64. */
function tail(log: string[]): string {
  return Buffer.from(`${log.join('\n')}\n`)
    .subarray(-4_096)
    .toString('base64');
}
