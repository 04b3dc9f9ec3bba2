import { eventually } from './eventually.ts';
import { descendants, isThere } from './processes.ts';
import { ProjectCopy } from './project-copy.ts';

/** `npm start` as a person runs it, in a copy of the project as a clone has it. */

let project: ProjectCopy;
beforeAll(async () => {
  project = await ProjectCopy.make();
}, 120_000);
afterAll(() => project?.close());

test('help, a wrong option and a wrong port are answered in words, and nothing is started', async () => {
  const help = await project.npm('start', '--', '--help');
  for (const option of ['--port', '--fresh', '--quiet']) expect(help).toContain(option);
  for (const [args, complaint] of [
    [['--prot', '5000'], "Unknown option '--prot'"],
    [['--port', 'many'], 'port'],
  ] as const) {
    const { code, said } = await project.ending('start', '--', ...args);
    expect(code).toBe(1);
    expect(said).toContain(complaint);
    expect(said).not.toContain('    at ');
  }
}, 60_000);

test('what needs a running system says how to start one', async () => {
  const { code, said } = await project.ending(
    'run',
    'token',
    '--',
    '--as',
    'ada@example.com',
    '--port',
    `${project.port}`,
  );
  expect(code).toBe(1);
  expect(said).toContain(`No system is running at port ${project.port}: start it with "npm start"`);
});

test('it starts, shows what runs, follows edits, and ends with no process left', async () => {
  project.start();
  await project.until(() => project.said.includes('Ready  '), true);
  expect(project.said).toMatch(/function +library-dev-gateway +1769 MB, 29 s/);
  expect(project.said).toMatch(/table +library-dev-books +\d+ indexes/);
  expect(project.said).toMatch(/route +POST \/graphql +library-dev-gateway/);
  expect(project.said).toMatch(/not emulated +AWS::CloudWatch::Alarm/);
  expect(project.said).toContain(`http://localhost:${project.port}/graphql`);

  const response = await fetch(`http://127.0.0.1:${project.port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ genres { id } }"}',
  });
  const requestId = response.headers.get('apigw-requestid') ?? '';
  await project.until(async () => {
    const { said } = await project.ending('run', 'logs', '--', '--request', requestId, '--port', `${project.port}`);
    return [/gateway +│ INFO answered/, /books +│ INFO answered/].every((line) => line.test(said));
  }, true);
  const metrics = await (await fetch(`http://127.0.0.1:${project.port}/metrics`)).text();
  expect(metrics).toMatch(/^graph_requests_total\{service="gateway",operation="unregistered"\} \d+$/m);
  expect(metrics).toMatch(/^graph_latency_milliseconds_sum\{service="books"\} \d+$/m);

  const second = await project.ending('start', '--', '--port', '1', '--stage', 'prod');
  expect(second.code).toBe(1);
  expect(second.said).toMatch(
    new RegExp(`The system is already running in this checkout: process \\d+, stage dev, port ${project.port}\\. `),
  );

  const name = () => project.ask('{ genres { name } }').then(({ data }) => JSON.stringify(data).includes('Voyages'));
  await project.until(name, false);
  project.change('subgraphs/books/genres.ts', 'Travel', 'Voyages');
  await project.until(name, true);
  expect(project.said).toMatch(/Rebuilt books in \d+\.\d s/);

  // Whoever asks while functions are rebuilt again and again gets an answer each time, from a build that is whole.
  const rebuilds = () => [...project.said.matchAll(/Rebuilt books/g)].length;
  let asked = 0;
  for (const wanted of [2, 3]) {
    const [from, to] = wanted % 2 === 0 ? ['Voyages', 'Journeys'] : ['Journeys', 'Voyages'];
    project.change('subgraphs/books/genres.ts', from, to);
    for (; rebuilds() < wanted; asked++) {
      const { data, errors } = await project.ask('{ genres { name } }');
      expect({ errors, data }).toEqual({ data: { genres: expect.any(Array) } });
    }
  }
  expect(asked).toBeGreaterThan(5);

  // A schema that does not compose: the system says so, and goes on with the last one that did.
  project.change('subgraphs/loans/schema.graphql', 'type Loan ', 'type Loan @key(fields: "nothing") ');
  await project.until(() => project.said.includes('The last valid supergraph is still served.'), true);
  expect(project.said).toMatch(/loans.*nothing/s);
  expect(await project.ask('{ genres { id } }')).toEqual({ data: { genres: expect.any(Array) } });
  project.change('subgraphs/loans/schema.graphql', '@key(fields: "nothing") ', '');
  await project.until(() => /Rebuilt .*loans/.test(project.said), true);

  const processes = [project.pid, ...descendants(project.pid)];
  expect(processes.length).toBeGreaterThan(3);
  const said = project.said;
  expect(await project.interrupt()).toBe('SIGINT');
  expect(project.said.slice(said.length).trim()).toBe('');
  await eventually(async () => expect(processes.filter(isThere)).toEqual([]));
}, 300_000);

test.each([
  ['building', 'Building …', 'SIGTERM', []],
  ['seeding', 'Seeding …', 'SIGINT', ['--fresh']],
] as const)(
  'a signal while %s ends it with no word of a failure, and no process left',
  async (_, phase, signal, options) => {
    project.start(...options);
    await project.until(() => project.said.includes(phase), true);
    const processes = [project.pid, ...descendants(project.pid)];
    expect(await project.interrupt(signal)).toBe(signal);
    expect(project.said).not.toMatch(/fail|error|refused|stopped|started again/i);
    await eventually(async () => expect(processes.filter(isThere)).toEqual([]));
  },
  120_000,
);
