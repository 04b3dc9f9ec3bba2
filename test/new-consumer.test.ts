import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { outputsOf } from '../build/build.ts';
import { discoverSubgraphs, LIBRARY, outputOf, ROOT } from '../build/discover.ts';
import { EventTraffic } from './event-traffic.ts';
import { type LoanEvent, loanEvents } from './graph/subgraphs/loans/events.ts';
import { PREFIX } from './library.ts';
import { TestSystem } from './system.ts';

/** Builds the graph at a root, but only the bundles that the new folder changes: the others are copied. */
const BUILD = `
  import { synthesize } from './build/build.ts';
  import { bundle, bundles } from './build/bundle.ts';
  import { composeSupergraph, writeSupergraph } from './build/compose.ts';
  import { precompileOperations } from './build/precompile-operations.ts';
  const root = process.argv[1];
  writeSupergraph(composeSupergraph(root), root);
  precompileOperations(composeSupergraph(root), root);
  await bundle(bundles(root).filter(({ name }) => /^(gateway|loyalty)/.test(name)));
  await synthesize({ root });
`;

let root: string;
let system: TestSystem;

/** Builds a copy of the library with a new folder, inside the project so that its code finds the packages. */
beforeAll(async () => {
  mkdirSync(outputOf(), { recursive: true });
  root = mkdtempSync(join(outputOf(), 'new-consumer-'));
  cpSync(LIBRARY, root, { recursive: true });
  cpSync(join(import.meta.dirname, 'fixtures/subgraphs/loyalty'), join(root, 'subgraphs/loyalty'), { recursive: true });
  cpSync(outputOf(LIBRARY), outputOf(root), { recursive: true });
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', BUILD, root], { cwd: ROOT });
  system = await TestSystem.start({ seeded: false, root });
}, 120_000);
afterAll(async () => {
  await system?.close();
  for (const folder of [root, outputOf(root)]) rmSync(folder, { recursive: true });
});

/** Returns the CloudFormation templates of a graph by stack, without paths of its output. */
function stacks(graphRoot: string): Map<string, string> {
  const { assembly } = outputsOf(graphRoot);
  const files = readdirSync(assembly).filter((file) => file.endsWith('.template.json'));
  return new Map(
    files.map((file) => [
      basename(file, '.template.json'),
      readFileSync(join(assembly, file), 'utf8').replaceAll(outputOf(graphRoot), '.'),
    ]),
  );
}

function loanEvent(type: LoanEvent['type'], loanId: string): LoanEvent {
  const version = type === 'LoanStarted' ? 1 : 2;
  const data = { loanId, bookId: 'b1', memberId: 'ada', dueOn: '2026-05-29' };
  return loanEvents.event({ type, data, entityId: loanId, version, time: new Date('2026-05-01'), requestId: 'test' });
}

test('a new consumer of existing events is one new folder: no other service is deployed again', () => {
  const [before, after] = [stacks(LIBRARY), stacks(root)];
  const services = discoverSubgraphs(root).map(({ name }) => PREFIX + name);
  const changed = services.filter((stack) => before.get(stack) !== after.get(stack));
  expect(services.length).toBeGreaterThan(4);
  expect(changed).toEqual([`${PREFIX}loyalty`]);
});

test('it receives events of other services, and clients get its field with theirs', async () => {
  const ada = await system.user('ada');
  const query = '{ me { name loyaltyPoints } }';
  expect(await system.ask(query, {}, ada)).toEqual({ me: { name: 'ada', loyaltyPoints: 0 } });
  const traffic = new EventTraffic(system);
  const [ended, late] = [loanEvent('LoanEnded', 'l1'), loanEvent('LoanStarted', 'l2')];
  for (const event of [loanEvent('LoanStarted', 'l1'), ended, ended, loanEvent('LoanEnded', 'l2'), late]) {
    const line = system.logs.length;
    await traffic.put([event]);
    await traffic.handled([event], line);
  }
  expect(await system.ask(query, {}, ada)).toEqual({ me: { name: 'ada', loyaltyPoints: 2 } });
}, 120_000);
