import type * as OpenTelemetry from '@opentelemetry/api';
import { loadedOnce } from '../loaded-once.ts';

type Attributes = Record<string, string | number | undefined>;

export interface SpanOptions {
  /** How the work stands in its trace: it answers a call, makes one, or handles an event. */
  kind: 'SERVER' | 'CLIENT' | 'CONSUMER';
  /** The trace that it belongs to, where no span is open around it. */
  traceparent: string;
  /** Read when the work is done. */
  attributes?: () => Attributes;
}

/**
 * Where OpenTelemetry's API keeps what was registered with it: a layer such as AWS's distribution does that before the function
 * loads. https://github.com/open-telemetry/opentelemetry-js/blob/main/api/src/internal/global-utils.ts
 */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');

const loadApi = loadedOnce(async () => (await import('./opentelemetry.ts')).api);

/**
 * Does work as a span of its trace, and tells it the trace context for those whom it calls. Where no OpenTelemetry is
 * registered, it just does the work: not even the API is loaded.
 */
export function span<T>(name: string, options: SpanOptions, work: (traceparent: string) => Promise<T>): Promise<T> {
  const { trace } = ((globalThis as Record<symbol, unknown>)[REGISTERED] ?? {}) as { trace?: unknown };
  return trace ? asSpan(name, options, work) : work(options.traceparent);
}

async function asSpan<T>(
  name: string,
  { kind, traceparent, attributes }: SpanOptions,
  work: (traceparent: string) => Promise<T>,
): Promise<T> {
  const { context, trace, SpanKind, SpanStatusCode } = await loadApi();
  const active = context.active();
  const parent = trace.getSpan(active) ? active : trace.setSpanContext(active, remote(traceparent));
  const own = trace.getTracer('graph').startSpan(name, { kind: SpanKind[kind] }, parent);
  try {
    const { traceId, spanId, traceFlags } = own.spanContext();
    const told = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
    return await context.with(trace.setSpan(parent, own), () => work(told));
  } catch (error) {
    own.recordException(error as Error);
    own.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    own.setAttributes(attributes?.() ?? {});
    own.end();
  }
}

function remote(traceparent: string): OpenTelemetry.SpanContext {
  const [, traceId = '', spanId = '', flags = '0'] = traceparent.split('-');
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}
