import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { Report } from '@apollo/usage-reporting-protobuf';

export interface Ingress {
  /** URL of reports. */
  address: string;
  apiKey: string;
}

const ATTEMPTS = 5;
/** Milliseconds before the second attempt, doubled for each further one. */
const RETRY_AFTER = 100;
/** Milliseconds for all attempts, less than the function's timeout. */
const TIMEOUT = 20_000;

/**
 * Sends a report; repeats it after a network failure or a status from 500. Throws if it is not accepted. Returns whether
 * Studio stores traces: without them, it wants all operations as statistics.
 */
export async function sendReport(report: Report, ingress: Ingress): Promise<{ storesTraces: boolean }> {
  const body = gzipSync(Report.encode(report).finish());
  const signal = AbortSignal.timeout(TIMEOUT);
  for (let attempt = 1; ; attempt++) {
    const { status, text } = await post(body, ingress, signal);
    if (status >= 200 && status < 300) return { storesTraces: !/"tracesIgnored":\s*true/.test(text) };
    if ((status > 0 && status < 500) || attempt === ATTEMPTS || signal.aborted)
      throw new Error(`Apollo Studio did not accept the report: ${status || 'no response,'} ${text.slice(0, 200)}`);
    await wait(RETRY_AFTER * 2 ** (attempt - 1));
  }
}

/** Returns the response, or status 0 and the reason if there is none. */
async function post(
  body: Uint8Array<ArrayBuffer>,
  { address, apiKey }: Ingress,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  const headers = {
    'user-agent': 'graph-gateway',
    'x-api-key': apiKey,
    'content-encoding': 'gzip',
    accept: 'application/json',
  };
  try {
    const response = await fetch(address, { method: 'POST', headers, body, signal });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const { message, cause } = error as Error;
    return { status: 0, text: cause instanceof Error ? cause.message : message };
  }
}
