import { GetParametersByPathCommand, type GetParametersByPathCommandInput, SSMClient } from '@aws-sdk/client-ssm';
import { AwsEndpoint, type Credentials } from './aws-endpoint.ts';
import { SsmApi } from './ssm-api.ts';

const parameters = ['/shop/a/1', '/shop/a/2', '/shop/b', '/shopping', 'shop'].map((name) => ({
  name,
  value: `of ${name}`,
}));
const aws = new AwsEndpoint({ services: { ssm: new SsmApi(() => parameters) }, onDenied: () => {} });
let endpoint: string;
beforeAll(async () => {
  endpoint = await aws.listen();
});
afterAll(() => aws.close());

async function read(input: GetParametersByPathCommandInput, credentials: Credentials = aws.operator) {
  const ssm = new SSMClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const { Parameters = [], NextToken } = await ssm.send(new GetParametersByPathCommand(input));
  return { names: Parameters.map(({ Name }) => Name), values: Parameters.map(({ Value }) => Value), NextToken };
}

test('a path returns the parameters directly below it, or all below it if recursive', async () => {
  expect(await read({ Path: '/shop' })).toMatchObject({ names: ['/shop/b'], values: ['of /shop/b'] });
  expect(await read({ Path: '/shop/', Recursive: true })).toMatchObject({
    names: ['/shop/a/1', '/shop/a/2', '/shop/b'],
  });
  expect(await read({ Path: '/nothing' })).toMatchObject({ names: [], NextToken: undefined });
});

test('a page has at most MaxResults parameters, and a token for the next page', async () => {
  const { names, NextToken } = await read({ Path: '/shop', Recursive: true, MaxResults: 2 });
  expect(names).toEqual(['/shop/a/1', '/shop/a/2']);
  expect(await read({ Path: '/shop', Recursive: true, NextToken })).toMatchObject({ names: ['/shop/b'] });
});

test('a page size above the limit and a missing path are refused', async () => {
  await expect(read({ Path: '/shop', MaxResults: 11 })).rejects.toThrow('MaxResults must be between 1 and 10.');
  await expect(read({ Path: 'shop' })).rejects.toThrow('must be a string that begins with a slash');
});

test('a role that may read one path may read neither a sibling nor a parent', async () => {
  const arn = 'arn:aws:ssm:us-east-1:123456789012:parameter';
  aws.setPolicies('reader', [{ Effect: 'Allow', Action: 'ssm:GetParametersByPath', Resource: `${arn}/shop/a` }]);
  const reader = aws.credentialsOf('reader');
  expect(await read({ Path: '/shop/a' }, reader)).toMatchObject({ names: ['/shop/a/1', '/shop/a/2'] });
  for (const Path of ['/shop/b', '/shop', '/']) {
    await expect(read({ Path, Recursive: true }, reader)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  }
});
