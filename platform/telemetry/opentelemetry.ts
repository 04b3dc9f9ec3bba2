/** OpenTelemetry's API as a module of ours, so that it can be loaded late. */
export * as api from '@opentelemetry/api';
