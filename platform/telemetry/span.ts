import type * as OpenTelemetry from '@opentelemetry/api';
import { loadOnce } from '../load-once.ts';

type Attributes = Record<string, string | number | undefined>;

export interface SpanOptions {
  /** Role of the work in its trace: server of a call, client of a call, or event consumer. */
  kind: 'SERVER' | 'CLIENT' | 'CONSUMER';
  /** Parent trace context, if no span is active. */
  traceparent: string;
  /** Called when the work is complete. */
  attributes?: () => Attributes;
}

/**
 * Global registry of OpenTelemetry's API, which a layer such as AWS's distribution fills before the function loads.
 * https://github.com/open-telemetry/opentelemetry-js/blob/main/api/src/internal/global-utils.ts
 */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');

const loadApi = loadOnce(async () => (await import('./opentelemetry.ts')).api);

/**
 * Runs work in a span, with the span's trace context for outgoing calls. Without a registered OpenTelemetry it only runs
 * the work, and does not load the API.
 */
export function span<T>(name: string, options: SpanOptions, work: (traceparent: string) => Promise<T>): Promise<T> {
  const { trace } = ((globalThis as Record<symbol, unknown>)[REGISTERED] ?? {}) as { trace?: unknown };
  return trace ? runInSpan(name, options, work) : work(options.traceparent);
}

async function runInSpan<T>(
  name: string,
  { kind, traceparent, attributes }: SpanOptions,
  work: (traceparent: string) => Promise<T>,
): Promise<T> {
  const { context, trace, SpanKind, SpanStatusCode } = await loadApi();
  const active = context.active();
  const parent = trace.getSpan(active) ? active : trace.setSpanContext(active, remoteContext(traceparent));
  const newSpan = trace.getTracer('graph').startSpan(name, { kind: SpanKind[kind] }, parent);
  try {
    const { traceId, spanId, traceFlags } = newSpan.spanContext();
    const spanTraceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
    return await context.with(trace.setSpan(parent, newSpan), () => work(spanTraceparent));
  } catch (error) {
    newSpan.recordException(error as Error);
    newSpan.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    newSpan.setAttributes(attributes?.() ?? {});
    newSpan.end();
  }
}

function remoteContext(traceparent: string): OpenTelemetry.SpanContext {
  const [, traceId = '', spanId = '', flags = '0'] = traceparent.split('-');
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}
