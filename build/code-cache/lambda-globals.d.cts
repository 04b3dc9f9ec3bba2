import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** Runs a handler; returns its result, or the status, headers, cookies and body that it streams; a compressed body is in Base64. */
export function run(handler: unknown, event: unknown, context: unknown): Promise<APIGatewayProxyStructuredResultV2>;
