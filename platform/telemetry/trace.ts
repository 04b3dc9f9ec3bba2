import { AsyncLocalStorage } from 'node:async_hooks';
import { xrayHeader } from './xray.ts';

const current = new AsyncLocalStorage<string>();

/** Does work as part of a trace: what it publishes names that. https://www.w3.org/TR/trace-context/#traceparent-header */
export function inTrace<T>(traceparent: string, work: () => T): T {
  return current.run(traceparent, work);
}

/** The trace of the work that is being done, for those who hear of it later. */
export function currentTrace(): { traceparent?: string; xrayTrace?: string } {
  const traceparent = current.getStore();
  const xrayTrace = xrayHeader();
  return { ...(traceparent && { traceparent }), ...(xrayTrace && { xrayTrace }) };
}
