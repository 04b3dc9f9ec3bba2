import * as z from 'zod/mini';
import type { InvokeResult } from '../../aws/lambda/function-definition.ts';
import type { InvokeOptions } from '../../aws/lambda/lambda-service.ts';
import type { WebSocketIntegration } from './definition.ts';
import type { WebSocketEvent } from './event.ts';

/** Runs a function. Throws InvocationRefused if Lambda would not run it. */
export type Invoke = (
  functionName: string,
  payload: Buffer,
  options: InvokeOptions,
) => Promise<Pick<InvokeResult, 'body' | 'functionError'>>;

/** A function's response to an event. */
export interface IntegrationResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
}

/** A function that failed, or did not respond in time. */
export interface IntegrationFailure {
  status: 502 | 504;
  message: string;
}

const FAILED: IntegrationFailure = { status: 502, message: 'Internal server error' };
const TIMED_OUT: IntegrationFailure = { status: 504, message: 'Endpoint request timed out' };

const response = z.object({
  statusCode: z.pipe(z.transform(Number), z.int().check(z.gte(100), z.lte(599))),
  headers: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
});

/** Returns whether an integration failed. */
export function hasFailed(result: IntegrationResponse | IntegrationFailure): result is IntegrationFailure {
  return 'message' in result;
}

/** Sends an event to a route's function; returns its response, or how it failed. The function runs on after the time limit. */
export async function runIntegration(
  { functionName, qualifier, timeout }: WebSocketIntegration,
  event: WebSocketEvent,
  invoke: Invoke,
): Promise<IntegrationResponse | IntegrationFailure> {
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<IntegrationFailure>((resolve) => {
    timer = setTimeout(() => resolve(TIMED_OUT), timeout);
  });
  const run = invoke(functionName, Buffer.from(JSON.stringify(event)), { qualifier });
  try {
    return await Promise.race([run.then(responseOf, () => FAILED), timedOut]);
  } finally {
    clearTimeout(timer);
  }
}

function responseOf({
  body,
  functionError,
}: Pick<InvokeResult, 'body' | 'functionError'>): IntegrationResponse | IntegrationFailure {
  const parsed = response.safeParse(functionError ? undefined : parseJson(body));
  if (!parsed.success) return FAILED;
  const { statusCode: status, headers = {} } = parsed.data;
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { status, headers: Object.fromEntries(entries) };
}

/** Returns undefined if the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
