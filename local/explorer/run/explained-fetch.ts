import type { Explanation } from '#platform/telemetry/explanation.ts';
import type { RequestSizes } from '../../../cost/door-cost.ts';

/** Whether the request runs, or is only planned. */
export type ExplainMode = 'run' | 'plan';

export interface Explained {
  /** The response without the explanation. */
  response: Response;
  explanation?: Explanation | undefined;
  /** Why there is no explanation. */
  problem?: string | undefined;
  /** Of the bodies, without the explanation. */
  sizes: RequestSizes;
}

/** Sends a GraphQL request that asks for its explanation. */
export async function explainedFetch(url: string, init: RequestInit, mode: ExplainMode): Promise<Explained> {
  const headers = new Headers(init.headers);
  headers.set('x-explain', mode);
  const response = await fetch(url, { ...init, headers });
  const request = new Blob([String(init.body)]).size;
  if (!response.headers.get('content-type')?.includes('json'))
    return { response, problem: 'Only JSON answers are explained.', sizes: { request, response: 0 } };
  const { status, statusText } = response;
  const { extensions, ...answer } = await response.json();
  const { explain, ...others } = extensions ?? {};
  const body = JSON.stringify({ ...answer, ...(Object.keys(others).length > 0 && { extensions: others }) });
  const plain = new Response(body, { status, statusText, headers: response.headers });
  const sizes = { request, response: new Blob([body]).size };
  return explain?.plan
    ? { response: plain, explanation: explain, sizes }
    : { response: plain, problem: problemOf(answer.errors, explain), sizes };
}

function isOmitted(explain: unknown): explain is { omitted: string } {
  return typeof explain === 'object' && explain !== null && 'omitted' in explain;
}

function problemOf(errors: { message: string }[] | undefined, explain: unknown): string {
  if (isOmitted(explain)) return explain.omitted;
  const [error] = errors ?? [];
  return error
    ? `The request was refused before it ran: ${error.message}`
    : 'The gateway explains requests only where introspection is on.';
}
