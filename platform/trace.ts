import { AsyncLocalStorage } from 'node:async_hooks';
import { xrayHeader } from './xray.ts';

/** The trace that a piece of work is part of. */
export interface TraceContext {
  /** W3C trace context, https://www.w3.org/TR/trace-context/#traceparent-header */
  traceparent: string;
}

const current = new AsyncLocalStorage<TraceContext>();

/** Does work as part of a trace: what it publishes names that. */
export function inTrace<T>(trace: TraceContext, work: () => T): T {
  return current.run(trace, work);
}

/** The trace of the work that is being done, for those who hear of it later. */
export function currentTrace(): { traceparent?: string; xrayTrace?: string } {
  const traceparent = current.getStore()?.traceparent;
  const xrayTrace = xrayHeader();
  return { ...(traceparent && { traceparent }), ...(xrayTrace && { xrayTrace }) };
}
