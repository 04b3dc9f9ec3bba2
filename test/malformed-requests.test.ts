import fc from 'fast-check';
import type { HttpRequest } from './attacks.ts';
import found from './found-requests.json' with { type: 'json' };
import { GatewayProcess } from './gateway-process.ts';
import { propertyOptions, timeLimit } from './long-runs.ts';

/** Generated requests to the built gateway. */

let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await GatewayProcess.start();
}, 30_000);
afterAll(() => gateway.close());

const VALID: HttpRequest = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"query":"{ genres { id } }"}',
};

/** Requests of each generated case. */
const TOGETHER = 100;
const fuzzing = propertyOptions(100, 1_000);

test(
  `${fuzzing.numRuns * TOGETHER} malformed requests get no 5xx, and a valid one still succeeds`,
  async () => {
    const header = fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'text/plain',
      'x',
      'application/graphql',
    );
    const accept = fc.constantFrom(
      '*/*',
      'application/json',
      'application/graphql-response+json',
      'text/html',
      'multipart/mixed',
      'a/b;q=x',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('{ genres { id } }', '{', 'query($a: Int!){__typename}'),
    );
    const member = fc.oneof(fc.jsonValue({ maxDepth: 3 }), text);
    const body = fc.oneof(
      fc
        .record(
          { query: member, variables: member, operationName: member, extensions: member, documentId: member },
          { requiredKeys: [] },
        )
        .map((each) => JSON.stringify(each)),
      fc.json(),
      text,
    );
    const method = fc.constantFrom('POST', 'POST', 'POST', 'GET');
    const property = fc.asyncProperty(
      fc.array(fc.tuple(method, header, accept, body), { minLength: TOGETHER, maxLength: TOGETHER }),
      async (requests) => {
        const responses = await gateway.answer(requests.map(httpRequest));
        const failed = requests.filter((_, i) => (responses[i]?.status ?? 500) >= 500);
        // Add these to found-requests.json, whose requests are sent first.
        expect(failed).toEqual([]);
      },
    );
    await fc.assert(property, { ...fuzzing, examples: [[found as GeneratedRequest[]]], endOnFailure: true });
    expect(await gateway.answer([VALID])).toMatchObject([{ status: 200 }]);
  },
  timeLimit(120_000),
);

/** Method, `Content-Type`, `Accept` and body, which a GET sends as its parameters. */
type GeneratedRequest = [method: string, type: string, accept: string, content: string];

function httpRequest([method, type, accept, content]: GeneratedRequest): HttpRequest {
  const headers = { 'content-type': type, accept };
  if (method === 'POST') return { method, headers, body: content };
  return {
    method: 'GET',
    headers,
    search: `${new URLSearchParams({ query: content, variables: content, id: content })}`,
  };
}
