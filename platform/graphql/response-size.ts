import { GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { SubgraphRequest, SubgraphResponse } from './envelope.ts';
import { type FieldWeight, heaviestFields } from './response-weight.ts';

/** What a function may return, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_RESPONSE_BYTES = 6 * 1024 * 1024;

const CODE = { extensions: { code: 'RESPONSE_TOO_LARGE' } };

/**
 * Returns the response, or one error in its place if Lambda would refuse it for its size: that would be a failure of the
 * function, while it is the client who asked for too much.
 */
export function limitSize(
  response: SubgraphResponse,
  { query, operationName }: Pick<SubgraphRequest, 'query' | 'operationName'>,
  schema: GraphQLSchema,
  maxBytes = MAX_RESPONSE_BYTES,
): SubgraphResponse {
  const bytes = Buffer.byteLength(JSON.stringify(response));
  if (bytes <= maxBytes) return response;
  const document = parse(query, { noLocation: true });
  const operation = document.definitions.find(
    (each): each is OperationDefinitionNode =>
      each.kind === Kind.OPERATION_DEFINITION && (!operationName || each.name?.value === operationName),
  );
  const fields = heaviestFields(document, operation, schema, response.data ?? {});
  const done = operation?.operation === 'mutation' ? ' The change itself was made.' : '';
  const error = new GraphQLError(`${excess(bytes, maxBytes)} ${advice(fields)}${done}`, CODE);
  return { errors: [error.toJSON()] };
}

function excess(bytes: number, maxBytes: number): string {
  const [asked, allowed] = [bytes, maxBytes].map((each) => each.toLocaleString('en'));
  return `The answer would have ${asked} bytes: at most ${allowed} are allowed.`;
}

function advice(fields: FieldWeight[]): string {
  const [first, ...others] = fields.map(({ name, args }) => `${args.map((arg) => `"${arg}"`).join(', ')} of "${name}"`);
  return first ? `Ask for less by the arguments ${[first, ...others].join(', or ')}.` : 'Ask for less.';
}

/** The same for an answer to API Gateway, of whose operation nothing is known here. */
export function limitHttpSize(result: unknown): unknown {
  const bytes = Buffer.byteLength(JSON.stringify(result) ?? '');
  if (bytes <= MAX_RESPONSE_BYTES) return result;
  return {
    statusCode: 400,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify({ errors: [{ message: `${excess(bytes, MAX_RESPONSE_BYTES)} Ask for less.`, ...CODE }] }),
  };
}
