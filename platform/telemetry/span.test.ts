import { context, propagation, type SpanContext, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { span } from './span.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CLIENT = `00-${TRACE}-00f067aa0ba902b7-01`;

test('without OpenTelemetry, work has the incoming trace', async () => {
  expect(await span('work', { kind: 'SERVER', traceparent: CLIENT }, async (traceparent) => traceparent)).toBe(CLIENT);
});

describe('with OpenTelemetry registered', () => {
  const exporter = new InMemorySpanExporter();
  beforeAll(() => {
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    provider.register({ contextManager: new AsyncLocalStorageContextManager() });
  });
  beforeEach(() => exporter.reset());
  afterAll(() => {
    trace.disable();
    context.disable();
    propagation.disable();
  });

  const traceparentOf = ({ traceId, spanId }: SpanContext) => `00-${traceId}-${spanId}-01`;

  test("spans continue the client's trace and nest", async () => {
    const traceparents: string[] = [];
    const options = { traceparent: CLIENT, attributes: () => ({ 'graphql.operation.name': 'Stay', none: undefined }) };
    await span('request', { ...options, kind: 'SERVER' }, async (request) => {
      traceparents.push(request);
      await span('call', { kind: 'CLIENT', traceparent: request }, async (call) => void traceparents.push(call));
    });
    const [call, request] = exporter.getFinishedSpans();
    expect(request).toMatchObject({ name: 'request', kind: SpanKind.SERVER, parentSpanId: '00f067aa0ba902b7' });
    expect(request?.attributes).toEqual({ 'graphql.operation.name': 'Stay' });
    expect(call).toMatchObject({ name: 'call', kind: SpanKind.CLIENT, parentSpanId: request?.spanContext().spanId });
    expect(traceparents).toEqual([request, call].map((each) => each && traceparentOf(each.spanContext())));
    expect(request?.spanContext().traceId).toBe(TRACE);
  });

  test('a failure is rethrown and recorded in its span', async () => {
    const failing = span('work', { kind: 'CONSUMER', traceparent: CLIENT }, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    const [failed] = exporter.getFinishedSpans();
    expect(failed?.status).toMatchObject({ code: SpanStatusCode.ERROR });
    expect(failed?.events).toMatchObject([{ name: 'exception' }]);
  });
});
