import type { AwsRequest, AwsResponse } from './aws-request.ts';

/** What a call does to one resource; a call is made of one or several, and each must be allowed. */
export interface Access {
  action: string;
  resource: string;
}

/** One AWS service of the local endpoint. */
export interface AwsService {
  /** What a call needs permission for. */
  accesses(request: AwsRequest): Access[];
  /** Answers a call that is allowed, of a function or of the operator; undefined for one that has no counterpart here. */
  answer(request: AwsRequest, functionName?: string): Promise<AwsResponse | undefined>;
}

/** A refused call: `type` is AWS's name of the error. */
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

/** An error in the shape of AWS's JSON protocols. */
export function errorResponse({ status, type, message }: Pick<AwsError, 'status' | 'type' | 'message'>): AwsResponse {
  const body = JSON.stringify({ __type: `com.amazon.coral.service#${type}`, message, Message: message });
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': type }, body };
}

/** The operation of a call in one of AWS's JSON protocols: `PutItem` of `DynamoDB_20120810.PutItem`. */
export function operationOf({ headers }: Pick<AwsRequest, 'headers'>): string {
  return String(headers['x-amz-target']).split('.').pop() ?? '';
}

/** The input of a call in one of AWS's JSON protocols: check what you read of it. */
export function inputOf({ body }: Pick<AwsRequest, 'body'>): Record<string, unknown> {
  try {
    const input: unknown = JSON.parse(body.toString('utf8') || '{}');
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Record<string, unknown>;
  } catch {
    // Not JSON: the same answer as for JSON of another shape.
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object.');
}

type Operation = (
  input: Record<string, unknown>,
  request: AwsRequest,
) => object | undefined | Promise<object | undefined>;

/** Answers a call by a table of operations, each from input to output; undefined for an operation that is not in it. */
export async function answerOperation(
  operations: Record<string, Operation>,
  request: AwsRequest,
): Promise<AwsResponse | undefined> {
  const operation = operations[operationOf(request)];
  if (!operation) return undefined;
  const output = await operation(inputOf(request), request);
  const contentType = String(request.headers['content-type'] ?? 'application/x-amz-json-1.0');
  return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(output ?? {}) };
}
