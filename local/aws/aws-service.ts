import type { AwsRequest, AwsResponse } from './aws-request.ts';

/** An action on a resource. A call has one or more, and each needs permission. */
export interface Access {
  action: string;
  resource: string;
}

/** An AWS service of the local endpoint. */
export interface AwsService {
  /** Returns the accesses that a call needs permission for. */
  accesses(request: AwsRequest): Access[];
  /** Handles an allowed call of a function, or of the operator if no name is given; undefined if it is not supported. */
  handle(request: AwsRequest, functionName?: string): Promise<AwsResponse | undefined>;
}

/** Error response to a call; `type` is AWS's error code. */
export class AwsError extends Error {
  override name = 'AwsError';
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

/** Returns an error response in the format of AWS's JSON protocols. */
export function errorResponse({ status, type, message }: Pick<AwsError, 'status' | 'type' | 'message'>): AwsResponse {
  const body = JSON.stringify({ __type: `com.amazon.coral.service#${type}`, message, Message: message });
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': type }, body };
}

/** Returns the operation of a call in AWS's JSON protocols: `PutItem` for `DynamoDB_20120810.PutItem`. */
export function operationOf({ headers }: Pick<AwsRequest, 'headers'>): string {
  return String(headers['x-amz-target']).split('.').pop() ?? '';
}

/** Parses the input of a call in AWS's JSON protocols; its members are not validated. */
export function inputOf({ body }: Pick<AwsRequest, 'body'>): Record<string, unknown> {
  try {
    const input: unknown = JSON.parse(body.toString('utf8') || '{}');
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Record<string, unknown>;
  } catch {
    // Same error as for JSON that is not an object.
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object.');
}

type Operation = (
  input: Record<string, unknown>,
  request: AwsRequest,
) => object | undefined | Promise<object | undefined>;

/** Runs the operation that a call names; undefined if it is not among the given operations. */
export async function runOperation(
  operations: Record<string, Operation>,
  request: AwsRequest,
): Promise<AwsResponse | undefined> {
  const operation = operations[operationOf(request)];
  if (!operation) return undefined;
  const output = await operation(inputOf(request), request);
  const contentType = String(request.headers['content-type'] ?? 'application/x-amz-json-1.0');
  return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(output ?? {}) };
}
