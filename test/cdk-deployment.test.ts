import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { outputsOf } from '../build/build.ts';
import { LIBRARY } from '../build/discover.ts';
import { CdkCli } from './cdk-cli.ts';
import { ClientLoad } from './client-load.ts';
import { Library, PREFIX } from './library.ts';
import { ProjectCopy } from './project-copy.ts';

/** Deployments of the library by the deploy command and the real CDK CLI, with clients at work. */

const SCHEMA = 'subgraphs/books/schema.graphql';
const RESOLVERS = 'subgraphs/books/resolvers/index.ts';
const HANDLER = 'subgraphs/books/handler.ts';
const MANIFEST = 'graph/operations/web.json';
const GENRES = '{ genres { id name } }';
const HEADINGS = 'query Headings {\n  genres {\n    heading\n    __typename\n  }\n}';

const MINUTE = 60_000;
/** Long, for a busy machine. */
const TIME_MS = 300_000;
/** Enough that the new version gets fifty of them, which its alarm needs. */
const REQUESTS = 900;
const CLIENTS = 8;
const POLL_MS = 50;
/** Share of the calls that a new version gets first. */
const CANARY = 0.1;

let library: Library;
let project: ProjectCopy;
let cdk: CdkCli;
/** Text of changed files before the test. */
const sources = new Map<string, string>();
let clients: ClientLoad | undefined;

beforeAll(async () => {
  [library, project] = await Promise.all([Library.start(), ProjectCopy.make()]);
  const { url, awsAccess: aws } = library.system.system;
  project.connect({ url, aws, graph: 'library', stage: 'dev' });
  cdk = new CdkCli({ url, aws });
}, TIME_MS);
afterEach(async () => {
  await clients?.stop();
  for (const [file, text] of sources) writeFileSync(project.path(file), text);
  sources.clear();
});
afterAll(async () => {
  cdk?.remove();
  await Promise.all([library?.close(), project?.close()]);
}, TIME_MS);

/** Changes a source file until the end of the test. */
function change(file: string, before: string, after: string): void {
  if (!sources.has(file)) sources.set(file, project.read(file));
  project.change(file, before, after);
}

const deploy = (...args: string[]) =>
  project.tryNpm('run', 'deploy', '--', ...args, '--local', '--port', String(project.port));

/** Returns a function that gives the stack events from now on. */
function eventsFromNow(): () => string {
  const { logs } = library.system;
  const { length } = logs;
  return () =>
    logs
      .slice(length)
      .filter((line) => line.startsWith('cloudformation'))
      .join('\n');
}

/** Adds a field to the service, and to the gateway an operation that needs it. */
function addHeading(): void {
  change(SCHEMA, '  name: String!\n', '  name: String!\n  "Added by a test."\n  heading: String!\n');
  change(RESOLVERS, '  Book: {', '  Genre: { heading: ({ name }) => name.toUpperCase() },\n  Book: {');
  const id = createHash('sha256').update(HEADINGS).digest('hex');
  const operation = JSON.stringify({ id, name: 'Headings', type: 'query', body: HEADINGS });
  change(MANIFEST, '"operations": [', `"operations": [${operation},`);
}

test(
  'a gateway before its service: the schema check fails the update, and everything is as before',
  async () => {
    addHeading();
    const events = eventsFromNow();
    clients = new ClientLoad(library.system, GENRES);
    const { code, output } = await deploy('gateway');
    expect(code).not.toBe(0);
    expect(output).toContain('This gateway cannot be deployed:');
    expect(output).toMatch(/books lacks what this gateway needs: .*'heading'.*'Genre'/);
    expect(output).toMatch(/The operation Headings of the client web breaks: .*heading/);
    expect(events()).toMatch(/UPDATE_ROLLBACK_COMPLETE AWS::CloudFormation::Stack +library-dev-gateway/);
    expect((await library.system.query('{ genres { heading } }')).status).toBe(400);
    expect(await clients.stop()).toEqual([]);
  },
  TIME_MS,
);

test(
  'the service, then the gateway: clients see the new field, no other stack changes, no request fails',
  async () => {
    addHeading();
    const events = eventsFromNow();
    clients = new ClientLoad(library.system, GENRES);
    const { code, output } = await deploy('books', 'gateway');
    expect(output).toMatch(/✅ {2}library-dev-books[\s\S]*✅ {2}library-dev-gateway/);
    expect(code).toBe(0);
    const { genres } = await library.system.ask('{ genres { heading } }');
    expect(genres).toContainEqual({ heading: 'NOVELS' });
    expect(await clients.stop()).toEqual([]);
    expect([...new Set(events().match(/library-dev-[a-z]+/g))].sort()).toEqual([
      'library-dev-books',
      'library-dev-gateway',
    ]);
  },
  TIME_MS,
);

/**
 * Makes every fifth call for a client without an account fail, in a release that goes to a tenth of the clients first. The build,
 * which runs the service for its code cache, has an account.
 */
function addDefect(): void {
  change('infra/settings.ts', "deployment: 'allAtOnce',", "deployment: 'canary',");
  change(HANDLER, 'export const handler =', 'const service =');
  const handler = `let calls = 0;
export const handler: typeof service = async (event, context) => {
  if (!event.viewer && ++calls % 5 === 0) throw new Error('one in five');
  return service(event, context);
};
`;
  change(HANDLER, 'newId }),\n});\n', `newId }),\n});\n\n${handler}`);
}

test(
  'a release that fails one call in five: its alarm fires, the release and the update go back, and the CLI says why',
  async () => {
    const { lambda, monitoring } = library.system.system;
    const live = () => lambda.versionsOf(`${PREFIX}books`).aliases.get('live');
    const before = live();
    addDefect();
    const events = eventsFromNow();
    let output = '';
    const deployment = deploy('books').then((result) => {
      ({ output } = result);
      return result.code;
    });
    // As long as a build takes on a busy machine; the output tells why there is no canary.
    while (output === '' && live()?.second?.weight !== CANARY) await delay(POLL_MS);
    expect(output).toBe('');
    clients = new ClientLoad(library.system, GENRES, CLIENTS);
    await clients.more(REQUESTS);
    await monitoring.clock.advance(MINUTE);
    const { requests } = clients;
    const failed = clients.failures.length;
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThan(requests * CANARY);
    expect(await deployment).not.toBe(0);
    expect(output).toContain(`The alarm ${PREFIX}books-version-errors is in the state ALARM`);
    expect(events()).toMatch(/UPDATE_ROLLBACK_COMPLETE AWS::CloudFormation::Stack +library-dev-books/);
    expect(live()).toEqual(before);
    // Besides requests that were in flight, none has failed since.
    expect((await clients.stop()).length).toBeLessThanOrEqual(failed + CLIENTS);
    // The alarm ends: it would stop the next release.
    await monitoring.clock.advance(20 * MINUTE);
  },
  TIME_MS,
);

test(
  'two indexes at once, a renamed table: refused before anything is built, with what to do',
  async () => {
    change(
      'subgraphs/members/subgraph.config.ts',
      "partitionKey: 'id',",
      "partitionKey: 'id', indexes: [{ name: 'a', partitionKey: 'a' }, { name: 'b', partitionKey: 'b' }],",
    );
    const events = eventsFromNow();
    const indexes = await deploy('members');
    expect(indexes.output).toContain(
      'AWS would refuse this deployment:\n- members: one update creates a, creates b, but DynamoDB',
    );
    expect(indexes.output).toContain('Deploy them one after the other.');
    change(
      'infra/settings.ts',
      'service: string): string {',
      "service: string): string {\n  service = 'new-' + service;",
    );
    const renamed = await deploy('members');
    expect(renamed.output).toContain(
      '- members: the table is renamed to library-dev-new-members. CloudFormation would',
    );
    expect(renamed.output).toContain('Keep the name, or deploy a new service and replay its events.');
    expect([indexes.code, renamed.code, events()]).toEqual([1, 1, '']);
  },
  TIME_MS,
);

test(
  'without a running system, --local tells how to start one',
  async () => {
    const { code, output } = await project.tryNpm('run', 'aws', '--', '--port', '1', 'lambda', 'list-functions');
    expect(code).toBe(1);
    expect(output).toContain('No system is running at port 1: start it with "npm start"');
  },
  TIME_MS,
);

/** The last test: it removes a service. */
test(
  'a removed service whose table is left: the deploy command says it, CloudFormation refuses it, the data stays',
  async () => {
    const stack = `${PREFIX}popularity`;
    const dynamoDb = new DynamoDBClient(library.system.system.awsAccess);
    const Item = { id: { S: 'Book:kept' } };
    await dynamoDb.send(new PutItemCommand({ TableName: stack, Item }));
    const how = [stack, '--exclusively', '--app', outputsOf(LIBRARY).assembly];
    expect((await cdk.run('destroy', '--force', ...how)).code).toBe(0);
    expect(library.system.system.lambda.has(stack)).toBe(false);
    const [said, refused] = await Promise.all([
      deploy('popularity'),
      cdk.run('deploy', '--require-approval', 'never', ...how),
    ]);
    expect([said.code, refused.code]).toEqual([1, 1]);
    expect(said.output).toContain(
      `- popularity: the table ${stack} exists, left by a stack that was removed, so its creation would be refused`,
    );
    expect(said.output).toContain('Import it into the stack with "cdk import", or delete it');
    expect(refused.output).toMatch(new RegExp(`identifier '${stack}' already exists`));
    const kept = await dynamoDb.send(new GetItemCommand({ TableName: stack, Key: Item }));
    expect(kept.Item).toEqual(Item);
  },
  TIME_MS,
);
