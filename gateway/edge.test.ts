import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { edgeCheck } from './edge.ts';

const withHeaders = (headers: Record<string, string>) => ({ headers }) as unknown as APIGatewayProxyEventV2;

test('only what has the secret of the edge came by it', () => {
  const cameByEdge = edgeCheck('s3cret');
  const headers: Record<string, string>[] = [
    { 'x-origin-secret': 's3cret' },
    { 'x-origin-secret': 's3cre' },
    { 'x-origin-secret': '' },
    {},
  ];
  expect(headers.map((each) => cameByEdge(withHeaders(each)))).toEqual([true, false, false, false]);
});

test('without an edge, there is nothing to go round', () => {
  expect(edgeCheck(undefined)(withHeaders({}))).toBe(true);
});
