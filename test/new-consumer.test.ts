import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { outputsOf } from '../build/build.ts';
import { discoverSubgraphs, ROOT } from '../build/discover.ts';
import { bookingCancelled, bookingConfirmed } from '../sample/test/published-events.ts';
import { EventTraffic } from './event-traffic.ts';
import { TestSystem } from './system.ts';

/** What a copy of the project does without, at its top. */
const LEFT_OUT = new Set(['.data', '.git', 'cdk.out', 'coverage', 'node_modules']);
/** The build, but for what the new folder does not touch: those bundles are copied. */
const BUILD = `
  import { synthesize } from './build/build.ts';
  import { bundle, bundles } from './build/bundle.ts';
  import { composeSupergraph, writeSupergraph } from './build/compose.ts';
  import { writeKnownOperations } from './build/known-operations.ts';
  writeSupergraph(composeSupergraph());
  writeKnownOperations(composeSupergraph());
  await bundle(bundles().filter(({ name }) => /^(gateway|loyalty)/.test(name)));
  await synthesize();
`;

let project: string;
let system: TestSystem;

/** A copy of the project in which one folder is new, built. */
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'project-'));
  for (const part of readdirSync(ROOT).filter((name) => !LEFT_OUT.has(name)))
    cpSync(join(ROOT, part), join(project, part), { recursive: true });
  cpSync(join(import.meta.dirname, 'fixtures/subgraphs/loyalty'), join(project, 'subgraphs/loyalty'), {
    recursive: true,
  });
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', BUILD], { cwd: project });
  system = await TestSystem.start({ seeded: false, assembly: join(project, 'dist/assembly') });
}, 120_000);
afterAll(async () => {
  await system?.close();
  rmSync(project, { recursive: true });
});

/** The stacks of an assembly: what CloudFormation would be given of each. */
function stacks(assembly: string, root: string): Map<string, string> {
  const files = readdirSync(assembly).filter((file) => file.endsWith('.template.json'));
  return new Map(
    files.map((file) => [
      basename(file, '.template.json'),
      readFileSync(join(assembly, file), 'utf8').replaceAll(root, '.'),
    ]),
  );
}

test('a new consumer of existing events is one new folder: no other service is deployed anew', () => {
  const before = stacks(outputsOf().assembly, ROOT);
  const after = stacks(join(project, 'dist/assembly'), project);
  const services = discoverSubgraphs(project).map(({ name }) => `homestay-dev-${name}`);
  const touched = services.filter((stack) => before.get(stack) !== after.get(stack));
  expect(services.length).toBeGreaterThan(5);
  expect(touched).toEqual(['homestay-dev-loyalty']);
});

test('it hears what others publish, and clients find its field beside those of other services', async () => {
  const ada = await system.user('ada');
  const query = '{ me { name ... on Guest { loyaltyNights } } }';
  expect(await system.query(query, {}, ada)).toEqual({ status: 200, data: { me: { name: 'ada', loyaltyNights: 0 } } });
  const traffic = new EventTraffic(system);
  const [first, cancelled, confirmed] = [
    bookingConfirmed(),
    bookingCancelled({ bookingId: 'b2' }),
    bookingConfirmed({ bookingId: 'b2' }),
  ];
  for (const event of [first, first, cancelled, confirmed]) {
    const line = system.logs.length;
    await traffic.put([event]);
    await traffic.handled([event], line);
  }
  expect(await system.query(query, {}, ada)).toEqual({ status: 200, data: { me: { name: 'ada', loyaltyNights: 3 } } });
}, 120_000);
