import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetParameterCommand, GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { LIBRARY, readSchemas } from '../../build/discover.ts';
import type { ParameterDefinition } from '../../local/assembly/model.ts';
import { Library, PREFIX } from '../../test/library.ts';
import type { TestSystem } from '../../test/system.ts';
import { answer } from './answer.ts';
import { toParts } from './schema-parts.ts';

/** The deployed function, in a system whose published schemas the tests change. */

const FUNCTION = `${PREFIX}schema-check`;
const SCHEMAS = '/library/dev/schemas';
const IDS = { StackId: 'arn:stack', RequestId: 'request-1', LogicalResourceId: 'SchemaCheck1' };
const books = readSchemas(LIBRARY).find(({ name }) => name === 'books')?.sdl ?? '';

interface Answer {
  method: string | undefined;
  contentType: string | undefined;
  text: string;
}

const answers: Answer[] = [];
/** Fake CloudFormation endpoint; `/silent` never responds. */
const cloudFormation = createServer(async (incoming, outgoing) => {
  if (incoming.url?.startsWith('/silent')) return;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method, headers, url } = incoming;
  answers.push({ method, contentType: headers['content-type'], text: Buffer.concat(chunks).toString() });
  outgoing.writeHead(url === '/refuse' ? 403 : 200).end();
});
let address: string;
let system: TestSystem;
let deployed: ParameterDefinition[];

beforeAll(async () => {
  cloudFormation.listen(0, '127.0.0.1');
  await once(cloudFormation, 'listening');
  address = `http://127.0.0.1:${(cloudFormation.address() as AddressInfo).port}`;
  ({ system } = await Library.start());
  deployed = [...system.system.model.parameters];
}, 60_000);
afterEach(() => {
  answers.length = 0;
  putParameters(deployed);
});
afterAll(async () => {
  await system?.close();
  cloudFormation.closeAllConnections();
  cloudFormation.close();
});

function putParameters(parameters: ParameterDefinition[]): void {
  system.system.model.parameters.splice(0, Number.POSITIVE_INFINITY, ...parameters);
}

/** Replaces the SSM parameters of a subgraph. */
function publish(name: string, values: string[]): void {
  const others = deployed.filter((parameter) => !parameter.name.startsWith(`${SCHEMAS}/${name}/`));
  putParameters([...others, ...values.map((value, i) => ({ name: `${SCHEMAS}/${name}/${i + 1}`, value }))]);
}

function publishBooks(what: string | RegExp, by: string): void {
  const changed = books.replace(what, by);
  expect(changed).not.toBe(books);
  publish('books', toParts(changed));
}

function invoke(RequestType: string, more = {}) {
  const event = { RequestType, ResponseURL: `${address}/answer`, ...IDS, ResourceProperties: {}, ...more };
  return system.system.lambda.invoke(FUNCTION, Buffer.from(JSON.stringify(event)));
}

/** Invokes the function; returns its response to CloudFormation. */
async function told(RequestType = 'Create', more = {}): Promise<{ Status: string; Reason: string }> {
  const { functionError, body } = await invoke(RequestType, more);
  expect([functionError, body]).toEqual([undefined, 'null']);
  expect(answers).toHaveLength(1);
  return JSON.parse(answers[0]?.text ?? '');
}

describe('responds with success', () => {
  test('when all parts match, in the format of CloudFormation', async () => {
    expect(await told()).toEqual({ Status: 'SUCCESS', ...IDS, PhysicalResourceId: 'SchemaCheck1' });
    // The address that it gives is signed for an empty content type.
    expect(answers).toMatchObject([{ method: 'PUT', contentType: '' }]);
  });

  test('when a subgraph has additional fields', async () => {
    publishBooks('  summary: String!', '  summary: String!\n  colour: String');
    expect(await told()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('for a schema in many parameters', async () => {
    const noise = randomBytes(40_000).toString('base64');
    const parts = toParts(`${books}\n# ${noise}`);
    expect(parts.length).toBeGreaterThan(10);
    publish('books', parts);
    expect(await told()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('on deletion, without a check', async () => {
    putParameters([]);
    const PhysicalResourceId = 'as-it-was';
    expect(await told('Delete', { PhysicalResourceId })).toEqual({ Status: 'SUCCESS', ...IDS, PhysicalResourceId });
  });
});

describe('responds with failure', () => {
  test('when a used field is missing, with operation, client and remedy', async () => {
    publishBooks('  summary: String!\n', '');
    const { Status, Reason } = await told();
    expect(Status).toBe('FAILED');
    expect(Reason.split('\n')).toEqual([
      'This gateway cannot be deployed:',
      expect.stringMatching(/^- books lacks .*'summary' was removed from object type 'Book'.*npm run deploy -- books$/),
      expect.stringMatching(/^- The operation Book of the client web breaks: Field 'summary'/),
    ]);
  });

  test('when the schemas do not compose', async () => {
    publishBooks(/(type Member [^{]*\{)/, '$1 name: String!');
    expect(await told('Update', { PhysicalResourceId: 'as-it-was' })).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'as-it-was',
      Reason: expect.stringMatching(/do not compose: Non-shareable field "Member\.name" .*"books" and "members"/),
    });
  });

  test('when a subgraph is missing, with its name', async () => {
    publish('books', []);
    const Reason = expect.stringMatching(
      /- books is not deployed\. Deploy this version first: npm run deploy -- books$/,
    );
    expect(await told()).toMatchObject({ Status: 'FAILED', Reason });
  });

  test.each([
    ['text', ['garbage']],
    ['a part of a schema', toParts(books).map((part) => part.slice(0, 200))],
  ])('when a parameter holds %s', async (_, values) => {
    publish('books', values);
    const Reason = expect.stringContaining(`The parameters under ${SCHEMAS}/books do not hold a schema`);
    expect(await told()).toMatchObject({ Status: 'FAILED', Reason });
  });

  test('when reading the schemas is denied or times out', async () => {
    const { aws, lambda, model } = system.system;
    const [definition] = model.functions.filter(({ name }) => name === FUNCTION);
    if (!definition) throw new Error(`There is no ${FUNCTION}`);
    aws.setPolicies(FUNCTION, []);
    expect(await told()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('is not authorized') });
    aws.setPolicies(FUNCTION, definition.policies);
    answers.length = 0;
    const environment = { ...definition.environment, AWS_ENDPOINT_URL: `${address}/silent` };
    lambda.put({ ...definition, timeout: 21_000, environment });
    const Reason = expect.stringContaining('could not be read in time');
    expect(await told()).toMatchObject({ Status: 'FAILED', Reason });
    lambda.put(definition);
  });
});

test('limits the length of the response, with the number of omitted problems', async () => {
  const request = { RequestType: 'Create', ResponseURL: address, ...IDS } as CloudFormationCustomResourceEvent;
  await answer(request, ['"é"'.repeat(999), ...Array.from({ length: 99 }, (_, i) => `The field f${i} is gone.`)]);
  const [{ text = '' } = {}] = answers;
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_096);
  expect(JSON.parse(text).Reason).toMatch(/- The field f0 is gone\.\n(.*\n)+and \d+ more, in the function's log$/);
});

test('throws if the response is rejected, so that Lambda retries', async () => {
  const { functionError, body } = await invoke('Create', { ResponseURL: `${address}/refuse` });
  expect(functionError).toBe('Unhandled');
  expect(body).toContain('CloudFormation rejected the response: 403');
});

test('its role may read only the published schemas', async () => {
  const { aws, awsAccess } = system.system;
  const ssm = new SSMClient({ ...awsAccess, credentials: aws.credentialsOf(FUNCTION), maxAttempts: 1 });
  const readPath = (Path: string) => ssm.send(new GetParametersByPathCommand({ Path, Recursive: true }));
  expect((await readPath(SCHEMAS)).Parameters?.length).toBeGreaterThan(0);
  const denied = { name: 'AccessDeniedException' };
  for (const path of ['/library/dev/identity', '/library/dev', '/library/prod/schemas', '/'])
    await expect(readPath(path)).rejects.toMatchObject(denied);
  await expect(ssm.send(new GetParameterCommand({ Name: '/library/dev/identity/issuer' }))).rejects.toMatchObject(
    denied,
  );
});
