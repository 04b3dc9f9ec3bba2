import { AsyncLocalStorage } from 'node:async_hooks';
import { xrayHeader } from './xray.ts';

const current = new AsyncLocalStorage<string>();

/** Runs work in a trace, which the events that it publishes carry. https://www.w3.org/TR/trace-context/#traceparent-header */
export function runInTrace<T>(traceparent: string, work: () => T): T {
  return current.run(traceparent, work);
}

/** Returns the current trace, for events. */
export function currentTrace(): { traceparent?: string; xrayTrace?: string } {
  const traceparent = current.getStore();
  const xrayTrace = xrayHeader();
  return { ...(traceparent && { traceparent }), ...(xrayTrace && { xrayTrace }) };
}
