// Registers OpenTelemetry as a Lambda layer does; logs each span as a line.
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { BasicTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');

const exporter = {
  export(spans, done) {
    for (const span of spans) {
      const { name, parentSpanId } = span;
      const { traceId, spanId } = span.spanContext();
      process.stdout.write(`${JSON.stringify({ span: name, traceId, spanId, parentSpanId })}\n`);
    }
    done({ code: 0 });
  },
  shutdown: async () => {},
};
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register({ contextManager: new AsyncLocalStorageContextManager() });
