import type { AwsRequest, AwsResponse } from './aws-request.ts';
import { AwsError } from './aws-service.ts';

/** Parameters of a call in AWS's query protocol, https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function queryParameters({ body }: Pick<AwsRequest, 'body'>): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'));
}

/** Returns the members of a list parameter: `Names.member.1`, `Names.member.2` … */
export function queryList(parameters: URLSearchParams, name: string): string[] {
  return [...parameters].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, value]) => value);
}

/** Returns a response of the query protocol: lists are written as `member` elements, dates in ISO 8601. */
export function queryResponse(action: string, namespace: string, result: object): AwsResponse {
  const content = `<${action}Result>${membersOf(result)}</${action}Result><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata>`;
  const body = `<${action}Response xmlns="${namespace}">${content}</${action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

/** Runs an action; an AwsError becomes an error response of the query protocol. */
export function queryErrors(run: () => AwsResponse): AwsResponse {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { status, type, message } = error;
    const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${escapeXml(type)}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`;
    return { status, headers: { 'content-type': 'text/xml' }, body };
  }
}

function membersOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((each) => `<member>${membersOf(each)}</member>`).join('');
  if (typeof value !== 'object' || value === null) return escapeXml(String(value));
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => `<${name}>${membersOf(each)}</${name}>`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
