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

test('a response over the Lambda limit becomes an error that names the arguments to reduce', async () => {
  const fits = await words(6_200);
  expect(fits.errors).toBeUndefined();
  expect(Buffer.byteLength(JSON.stringify(fits))).toBeLessThan(MAX_RESPONSE_BYTES);
  const tooLarge = await words(6_300);
  expect(tooLarge.data).toBeUndefined();
  expect(tooLarge.errors).toEqual([
    {
      message: expect.stringMatching(
        /more than the maximum of 6,291,456. Request fewer objects by the arguments "first" of "words".$/,
      ),
      extensions: { code: 'RESPONSE_TOO_LARGE' },
    },
  ]);
});
