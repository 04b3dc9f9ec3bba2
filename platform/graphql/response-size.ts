import { GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { SubgraphRequest, SubgraphResponse } from './envelope.ts';
import { type FieldWeight, heaviestFields } from './response-weight.ts';

/** Lambda's limit, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_RESPONSE_BYTES = 6 * 1024 * 1024;

const CODE = { extensions: { code: 'RESPONSE_TOO_LARGE' } };

/**
 * Replaces a response that exceeds Lambda's limit with an error: Lambda would count it as a failure of the function, but the
 * client has requested too much.
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
  const executed = operation?.operation === 'mutation' ? ' The mutation has been executed.' : '';
  const error = new GraphQLError(`${excess(bytes, maxBytes)} ${advice(fields)}${executed}`, CODE);
  return { errors: [error.toJSON()] };
}

function excess(bytes: number, maxBytes: number): string {
  const [size, maximum] = [bytes, maxBytes].map((each) => each.toLocaleString('en'));
  return `The response has ${size} bytes, more than the maximum of ${maximum}.`;
}

function advice(fields: FieldWeight[]): string {
  const [first, ...others] = fields.map(({ name, args }) => `${args.map((arg) => `"${arg}"`).join(', ')} of "${name}"`);
  return first
    ? `Request fewer objects by the arguments ${[first, ...others].join(', or ')}.`
    : 'Request fewer objects.';
}

/** Does the same for a response to API Gateway, whose operation is unknown. */
export function limitHttpSize(result: unknown): unknown {
  const bytes = Buffer.byteLength(JSON.stringify(result) ?? '');
  if (bytes <= MAX_RESPONSE_BYTES) return result;
  return {
    statusCode: 400,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify({
      errors: [{ message: `${excess(bytes, MAX_RESPONSE_BYTES)} Request fewer objects.`, ...CODE }],
    }),
  };
}
