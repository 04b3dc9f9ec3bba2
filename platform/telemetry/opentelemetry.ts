/** OpenTelemetry's API in a separate module, so that it can be loaded lazily. */
export * as api from '@opentelemetry/api';
