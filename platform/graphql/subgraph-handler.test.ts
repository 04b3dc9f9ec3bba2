import type { Context as LambdaContext } from 'aws-lambda';
import type { SubgraphResponse } from './envelope.ts';
import { MAX_RESPONSE_BYTES } from './response-size.ts';
import { subgraphHandler } from './subgraph-handler.ts';

const handler = subgraphHandler({
  typeDefs: 'type Query { words(first: Int!): [String!] }',
  resolvers: {
    Query: {
      words: (_: unknown, { first }: { first: number }) => Array.from({ length: first }, () => 'x'.repeat(997)),
    },
  },
  context: (request) => request,
});

function words(first: number) {
  const query = 'query ($first: Int!) { words(first: $first) }';
  const request = { query, variables: { first }, requestId: 'r', traceparent: '00-0-0-00', deadline: Infinity };
  return handler(request, {} as LambdaContext) as Promise<SubgraphResponse>;
}

test('a function that Lambda would fail for the size of its answer gives an error that says what to lower', async () => {
  const fits = await words(6_200);
  expect(fits.errors).toBeUndefined();
  expect(Buffer.byteLength(JSON.stringify(fits))).toBeLessThan(MAX_RESPONSE_BYTES);
  const refused = await words(6_300);
  expect(refused.data).toBeUndefined();
  expect(refused.errors).toEqual([
    {
      message: expect.stringMatching(
        /at most 6,291,456 are allowed. Ask for less by the arguments "first" of "words".$/,
      ),
      extensions: { code: 'RESPONSE_TOO_LARGE' },
    },
  ]);
});
