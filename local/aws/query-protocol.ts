import type { AwsRequest, AwsResponse } from './aws-request.ts';
import type { AwsError } from './aws-service.ts';
import { xml } from './xml.ts';

/** Members of a call of AWS's query protocol by name; lists are `Name.member.1`. */
export type QueryInput = URLSearchParams;

/** Whether a call uses AWS's query protocol: a form in, XML out. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function isQuery({ url, headers }: Pick<AwsRequest, 'url' | 'headers'>): boolean {
  return url === '/' && String(headers['content-type']).startsWith('application/x-www-form-urlencoded');
}

/** Returns the input of a call of the query protocol. */
export function queryOf({ body }: Pick<AwsRequest, 'body'>): QueryInput {
  return new URLSearchParams(body.toString('utf8'));
}

/** Returns the members of a list of strings. */
export function stringsIn(input: QueryInput, name: string): string[] {
  return recordsIn(input, name).map((record) => record[''] ?? '');
}

/** Returns the members of a list of structures, each with its members by path; a string is the member with an empty name. */
export function recordsIn(input: QueryInput, name: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  const prefix = `${name}.member.`;
  for (const [key, value] of input) {
    const [, index = '', member = ''] = /^(\d+)(?:\.(.+))?$/.exec(key.slice(prefix.length)) ?? [];
    if (!key.startsWith(prefix) || !index) continue;
    const record = found[Number(index) - 1] ?? {};
    found[Number(index) - 1] = { ...record, [member]: value };
  }
  return found.filter(Boolean);
}

/** Returns the response to a call of the query protocol. */
export function queryResponse(operation: string, namespace: string, result: object | undefined): AwsResponse {
  const content = `${result === undefined ? '' : xml(`${operation}Result`, result)}${xml('ResponseMetadata', { RequestId: 'local' })}`;
  const body = `<${operation}Response xmlns="${namespace}">${content}</${operation}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

/** Returns an error response in the format of the query protocol. */
export function queryError({ status, type, message }: Pick<AwsError, 'status' | 'type' | 'message'>): AwsResponse {
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: type, Message: message };
  const body = xml('ErrorResponse', { Error: error, RequestId: 'local' });
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
