import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll, outputsOf } from '../build/build.ts';
import { cdkContext, graphPath, ROOT } from '../build/discover.ts';
import { registeredOperations } from '../build/operations/registered.ts';
import { pricesOf } from '../cost/prices.ts';
import { checkStage } from '../infra/settings.ts';
import { measureOperations, type Skipped } from '../operator/cost/measure.ts';
import { equalMix, readMix } from '../operator/cost/mix-file.ts';
import { startMetered } from '../operator/cost/run-system.ts';
import { factsOf, fixedResourcesOf, stageLimitsOf } from '../operator/cost/system-facts.ts';
import { operationExamplesOf } from '../operator/graph-data.ts';
import { lockCheckout } from '../operator/run-lock.ts';
import { fail } from './command-line/arguments.ts';
import {
  describeOperations,
  describeScale,
  operationCosts,
  type Scale,
  type Study,
  scaleReport,
} from './command-line/cost-report.ts';
import { shutDownOnSignal } from './command-line/shutdown.ts';

const EXAMPLES = 'operations/examples.ts';
const HELP = `Usage: npm run cost -- [options]

Measures what each registered operation uses, and prints what a million of them cost on AWS. Builds the system and runs it on a
temporary data folder with the graph's seed. ${graphPath(EXAMPLES)} has the operations' variables.

  --rate N       also print the month's bill at N requests a second, the concurrency of each function, and the quotas that are
                 met first
  --mix FILE     JSON with the relative frequency of each operation, such as {"Products": 90, "Order": 10}; default: all equal
  --peak N       highest rate divided by the mean (default 3)
  --cold N       percentage of invocations that start an environment (default 1)
  --slower N     factor for the durations: AWS's divided by this machine's (default 1)
  --runs N       measured requests per operation (default 5)
  --stage S      the stage whose settings to use: dev or prod (default: that of cdk.json)
  --region R     region of the prices (default us-east-1)
  --root FOLDER  root of another graph, such as test/graph
  --json         print JSON
  --help         show this

Durations are those of this machine: compare them with a deployed stage and pass --slower. Units of tables are DynamoDB's.
`;

try {
  const { values } = parseArgs({
    options: {
      rate: { type: 'string' },
      mix: { type: 'string' },
      peak: { type: 'string', default: '3' },
      cold: { type: 'string', default: '1' },
      slower: { type: 'string', default: '1' },
      runs: { type: 'string', default: '5' },
      stage: { type: 'string' },
      region: { type: 'string' },
      root: { type: 'string', default: ROOT },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else await run(values);
} catch (error) {
  fail(error);
}

interface Options {
  rate?: string | undefined;
  mix?: string | undefined;
  peak: string;
  cold: string;
  slower: string;
  runs: string;
  stage?: string | undefined;
  region?: string | undefined;
  root: string;
  json: boolean;
}

async function run(options: Options): Promise<void> {
  const root = resolve(options.root);
  const stage = options.stage ?? String(cdkContext(root).stage ?? 'dev');
  checkStage(stage);
  const numbers = {
    rate: options.rate === undefined ? undefined : positive('rate', options.rate),
    peak: positive('peak', options.peak),
    cold: Number(options.cold) === 0 ? 0 : positive('cold', options.cold),
    slower: positive('slower', options.slower),
    runs: positive('runs', options.runs),
  };
  const operations = registeredOperations(root);
  if (operations.length === 0)
    throw new Error('The graph has no registered operations: add a client\'s with "npm run operations".');
  if (options.mix)
    readMix(
      options.mix,
      operations.map(({ name }) => name),
    );
  const prices = pricesOf(options.region);
  lockCheckout(join(ROOT, '.data'), { pid: process.pid, port: 0, stage });
  const { measured, skipped, study } = await measure(root, stage, numbers.runs, (model, metrics) => ({
    facts: factsOf(model, prices),
    stage: stageLimitsOf(model),
    fixed: fixedResourcesOf(outputsOf(root).assembly, metrics),
  }));
  for (const use of measured.flatMap((each) => [each, ...each.sizes]))
    for (const each of use.functions) each.milliseconds *= numbers.slower;
  print({ ...study, measured, coldShare: numbers.cold / 100 }, skipped, { ...options, ...numbers, root });
}

type Model = Parameters<typeof factsOf>[0];

async function measure(
  root: string,
  stage: string,
  runs: number,
  factsFrom: (model: Model, metrics: number) => Pick<Study, 'facts' | 'stage' | 'fixed'>,
) {
  progress('Building …');
  await buildAll({ root, stage });
  progress('Starting the system and seeding it …');
  const { system, meter, close } = await startMetered(root, stage);
  shutDownOnSignal({ stop: close, kill: () => system.kill() });
  try {
    const examples = (await operationExamplesOf(root))?.EXAMPLES ?? [];
    const onProgress = (operation: string) => progress(`Measuring ${operation} …`);
    const found = await measureOperations(registeredOperations(root), examples, {
      url: system.url,
      meter,
      runs,
      onProgress,
    });
    return { ...found, study: factsFrom(system.model, meter.metrics.size) };
  } finally {
    await close();
  }
}

function print(
  study: Study,
  skipped: Skipped[],
  options: Pick<Options, 'mix' | 'json' | 'root'> & { rate: number | undefined; peak: number },
): void {
  const { measured, facts } = study;
  if (measured.length === 0)
    throw new Error(`No operation could be measured.\n${skippedLines(skipped, options.root).join('\n')}`);
  const costs = operationCosts(study);
  const scale = options.rate === undefined ? undefined : scaleOf(measured, options.rate, options);
  const report = scale && scaleReport(study, scale);
  if (options.json) {
    const { region, date } = facts.prices;
    const json = { region, prices: date, operations: costs, skipped, ...(report && { scale: report }) };
    process.stdout.write(`${JSON.stringify(json, undefined, 2)}\n`);
    return;
  }
  const parts = [
    describeOperations(costs),
    ...(skipped.length > 0 ? [skippedLines(skipped, options.root).join('\n')] : []),
    ...(report && scale ? [describeScale(report, scale)] : []),
    `Prices of ${facts.prices.region}, ${facts.prices.date}, without free allowances: cost/prices.ts has their sources.`,
  ];
  process.stdout.write(`${parts.join('\n\n')}\n`);
}

function scaleOf(
  measured: Study['measured'],
  rate: number,
  { mix: file, peak }: { mix?: string | undefined; peak: number },
): Scale {
  const names = measured.map(({ name }) => name);
  const weights = file ? readMix(file, names) : equalMix(names);
  const sum = Object.values(weights).reduce((all, weight) => all + weight, 0);
  const mix = measured.map((use) => ({ use, share: (weights[use.name] ?? 0) / sum }));
  return { mix: mix.filter(({ share }) => share > 0), rate, peak };
}

function skippedLines(skipped: Skipped[], root: string): string[] {
  if (skipped.length === 0) return [];
  return [
    `Not measured; give their variables in ${graphPath(EXAMPLES, root)}:`,
    ...skipped.map(({ name, reason }) => `  ${name}: ${reason}`),
  ];
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0) || !Number.isFinite(number)) throw new Error(`--${name} must be a number above 0, not "${text}".`);
  return number;
}

/** Progress goes to standard error, so that the output can be piped. */
function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
