import type { AwsRequest, AwsResponse } from '../aws-request.ts';
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
    const running = service.invoke(target.name, request.body, target.qualifier);
    const { body, functionError, log, requestId } = await running;
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amz-executed-version': '$LATEST',
    };
    if (functionError) headers['x-amz-function-error'] = functionError;
    if (request.headers['x-amz-log-type'] === 'Tail') headers['x-amz-log-result'] = tail(log);
    return { status: 200, headers, body };
  } catch (error) {
    if (!(error instanceof InvocationRefused)) throw error;
    const { status, type, message, reason } = error;
    const body = JSON.stringify({ Type: 'User', Message: message, message, ...(reason && { Reason: reason }) });
    return { status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': type }, body };
  }
}

/** The last 4 KB of a log, base64. */
function tail(log: string[]): string {
  return Buffer.from(`${log.join('\n')}\n`)
    .subarray(-4_096)
    .toString('base64');
}
