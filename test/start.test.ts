import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { descendants, isRunning } from './processes.ts';
import { ProjectCopy } from './project-copy.ts';

/** `npm start` in a copy of the project. */

let project: ProjectCopy;
beforeAll(async () => {
  project = await ProjectCopy.make();
}, 120_000);
afterAll(() => project?.close());

test('--help prints the options; a wrong option or port is an error without a stack trace', async () => {
  const help = await project.npm('start', '--', '--help');
  for (const option of ['--port', '--fresh', '--quiet']) expect(help).toContain(option);
  for (const [args, message] of [
    [['--prot', '5000'], "Unknown option '--prot'"],
    [['--port', 'many'], 'port'],
  ] as const) {
    const { code, output } = await project.tryNpm('start', '--', ...args);
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(output).not.toContain('    at ');
  }
}, 60_000);

test('a command that needs a running system tells how to start one', async () => {
  for (const command of [
    ['token', '--', '--as', 'ada@example.com'],
    ['alarms', '--'],
    ['clock', '--', '5m'],
  ]) {
    const { code, output } = await project.tryNpm('run', ...command, '--port', `${project.port}`);
    expect(code).toBe(1);
    expect(output).toContain(`No system is running at port ${project.port}: start it with "npm start"`);
  }
});

test('it starts, lists its resources, rebuilds on edits, and leaves no process at its end', async () => {
  project.start();
  await project.until(() => project.output.includes('Ready  '), true);
  expect(project.output).toMatch(/function +library-dev-gateway +1769 MB, 30 s/);
  expect(project.output).toMatch(/table +library-dev-books +\d+ indexes/);
  expect(project.output).toMatch(/url +library-dev-gateway +streamed/);
  expect(project.output).toMatch(/not emulated +AWS::CloudWatch::Dashboard/);
  expect(project.output).toMatch(/alarms +\d+ +"npm run alarms" shows their states/);
  expect(project.output).toMatch(/topic +library-dev-alarms +without subscriptions/);
  expect(project.output).toContain(`http://localhost:${project.port}/graphql`);

  const response = await fetch(`http://127.0.0.1:${project.port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ genres { id } }"}',
  });
  const requestId = response.headers.get('x-request-id') ?? '';
  await project.until(async () => {
    const { output } = await project.tryNpm('run', 'logs', '--', '--request', requestId, '--port', `${project.port}`);
    return [/gateway +│ INFO answered/, /books +│ INFO answered/].every((line) => line.test(output));
  }, true);
  const metrics = await (await fetch(`http://127.0.0.1:${project.port}/metrics`)).text();
  expect(metrics).toMatch(/^graph_requests_total\{service="gateway",operation="unregistered"\} \d+$/m);
  expect(metrics).toMatch(/^graph_latency_milliseconds_sum\{service="books"\} \d+$/m);

  const ahead = await project.tryNpm('run', 'clock', '--', '2m', '--port', `${project.port}`);
  expect(ahead).toMatchObject({ code: 0, output: expect.stringContaining('120 s further ahead') });
  const alarms = await project.tryNpm('run', 'alarms', '--', '--port', `${project.port}`);
  expect(alarms.output).toMatch(/^OK +library-dev-books-errors +\d{4}-\d\d-\d\d \d\d:\d\d +Threshold Crossed: /m);

  const second = await project.tryNpm('start', '--', '--port', '1', '--stage', 'prod');
  expect(second.code).toBe(1);
  expect(second.output).toMatch(
    new RegExp(`The system is already running in this checkout: process \\d+, stage dev, port ${project.port}\\. `),
  );

  const name = () => project.ask('{ genres { name } }').then(({ data }) => JSON.stringify(data).includes('Voyages'));
  await project.until(name, false);
  project.change('subgraphs/books/genres.ts', 'Travel', 'Voyages');
  await project.until(name, true);
  expect(project.output).toMatch(/Rebuilt books in \d+\.\d s/);

  // Requests during rebuilds never see a partial build.
  const rebuilds = () => [...project.output.matchAll(/Rebuilt books/g)].length;
  let requests = 0;
  for (const target of [2, 3]) {
    const [from, to] = target % 2 === 0 ? ['Voyages', 'Journeys'] : ['Journeys', 'Voyages'];
    project.change('subgraphs/books/genres.ts', from, to);
    for (; rebuilds() < target; requests++) {
      const { data, errors } = await project.ask('{ genres { name } }');
      expect({ errors, data }).toEqual({ data: { genres: expect.any(Array) } });
    }
  }
  expect(requests).toBeGreaterThan(5);

  // A schema that does not compose is reported; the last valid supergraph stays.
  project.change('subgraphs/loans/schema.graphql', 'type Loan ', 'type Loan @key(fields: "nothing") ');
  await project.until(() => project.output.includes('The last valid supergraph is still served.'), true);
  expect(project.output).toMatch(/loans.*nothing/s);
  expect(await project.ask('{ genres { id } }')).toEqual({ data: { genres: expect.any(Array) } });
  project.change('subgraphs/loans/schema.graphql', '@key(fields: "nothing") ', '');
  await project.until(() => /Rebuilt .*loans/.test(project.output), true);

  // What came while the infrastructure was broken is there once it is mended: the fan-out follows other events.
  const followed = () =>
    readdirSync(project.path('.data/dev'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\bcode\b.*gateway-fan-out.subscriptions\.json$/.test(file))
      .map((file) => JSON.parse(project.read(join('.data/dev', file))).bookChanged.events.join());
  expect(followed()).toEqual(['BookOffered,BookTakenBack']);
  project.change('infra/settings.ts', '\n\n', "\n\nthrow new Error('Broken settings');\n");
  project.change('subgraphs/books/subscriptions.ts', "['BookOffered', 'BookTakenBack']", "['BookTakenBack']");
  await project.until(() => /The CDK app failed:.*Broken settings/s.test(project.output), true);
  project.change('infra/settings.ts', "throw new Error('Broken settings');\n", '');
  await project.until(rebuilds, 4);
  expect(followed()).toContain('BookTakenBack');

  const processes = [project.pid, ...descendants(project.pid)];
  expect(processes.length).toBeGreaterThan(3);
  const output = project.output;
  expect(await project.interrupt()).toBe('SIGINT');
  expect(project.output.slice(output.length).trim()).toBe('');
  await eventually(async () => expect(processes.filter(isRunning)).toEqual([]));
}, 300_000);

test.each([
  ['seeding', 'Seeding …', 'SIGINT', ['--fresh'], ''],
  ['building all', 'Building …', 'SIGTERM', [], 'dist'],
] as const)(
  'a signal while %s ends it without an error message, and leaves no process',
  async (_, phase, signal, options, removed) => {
    if (removed) rmSync(project.path(removed), { recursive: true });
    project.start(...options);
    await project.until(() => project.output.includes(phase), true);
    const processes = [project.pid, ...descendants(project.pid)];
    expect(await project.interrupt(signal)).toBe(signal);
    expect(project.output).not.toMatch(/fail|error|refused|stopped|exited|restart/i);
    await eventually(async () => expect(processes.filter(isRunning)).toEqual([]));
  },
  120_000,
);
