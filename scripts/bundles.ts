import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { visualizer } from 'esbuild-visualizer';
import { bundles } from '../build/bundle.ts';
import { type BundleReport, budgetOf, reportOn } from '../build/bundle-report.ts';
import { FIRST_SERVICE, ROOT } from '../build/discover.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run bundles -- [NAME …] [options]

Shows what each Lambda carries, or those named, by package, and fails when one carries more than its budget
(build/bundle-report.ts). KB of minified code: "at start" is read when the function starts, the rest when it is needed.

  --all          every package, not the largest alone
  --licences     which packages of others the Lambdas carry, with version and licence
  --html FILE    writes a treemap of the one Lambda that is named
  --help         show this
`;
const SHOWN = 12;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      licences: { type: 'boolean', default: false },
      html: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else await show(positionals, values);
} catch (error) {
  fail(error);
}

interface Asked {
  all: boolean;
  licences: boolean;
  html?: string;
}

async function show(names: string[], { all, licences, html }: Asked): Promise<void> {
  const known = bundles();
  if (known.length === 0) return void process.stdout.write(`${FIRST_SERVICE}\n`);
  const unknown = names.find((name) => !known.some((each) => each.name === name));
  if (unknown)
    throw new Error(`There is no Lambda "${unknown}": there are ${known.map(({ name }) => name).join(', ')}.`);
  if (html && names.length !== 1)
    throw new Error(`Name the one Lambda to draw: npm run bundles -- gateway --html ${html}`);
  const reports = await Promise.all(
    known.filter(({ name }) => names.length === 0 || names.includes(name)).map(reportOn),
  );
  if (licences) return void process.stdout.write(licenceLines(reports).join(''));
  for (const report of reports) process.stdout.write(`${describe(report, names.length > 0 ? SHOWN : 3, all)}\n`);
  if (html && reports[0])
    writeFileSync(html, await visualizer(reports[0].metafile, { title: names[0] ?? '', template: 'treemap' }));
  const heavy = reports.filter(isTooHeavy).map(({ name }) => name);
  if (heavy.length > 0) throw new Error(`Over the budget in build/bundle-report.ts: ${heavy.join(', ')}`);
}

function describe(report: BundleReport, count: number, all: boolean): string {
  const { name, atStart, total, packages } = report;
  const budget = budgetOf(name);
  const mark = isTooHeavy(report) ? '✗' : '✓';
  const head = `${mark} ${name.padEnd(30)} ${kb(atStart)} of ${kb(budget.atStart)} at start ${kb(total)} of ${kb(budget.total)} in all`;
  const shown = all ? packages : packages.slice(0, count);
  const lines = shown.map(
    (each) => `    ${each.name.padEnd(28)} ${kb(each.atStart)}${' '.repeat(24)}${kb(each.bytes)}`,
  );
  return [styleText('bold', head), ...lines].join('\n');
}

function isTooHeavy({ name, atStart, total }: BundleReport): boolean {
  const budget = budgetOf(name);
  return atStart > budget.atStart || total > budget.total;
}

function kb(bytes: number): string {
  return `${Math.round(bytes / 1_000)} KB`.padStart(8);
}

/** Each package once; one that does not say its licence is an error. */
function licenceLines(reports: BundleReport[]): string[] {
  const names = new Set(reports.flatMap(({ packages }) => packages.map(({ name }) => name)));
  const installed = [...names].filter((name) => existsSync(manifestOf(name))).sort();
  return installed.map((name) => {
    const { version, license } = JSON.parse(readFileSync(manifestOf(name), 'utf8')) as Record<string, unknown>;
    if (typeof license !== 'string') throw new Error(`The package ${name} does not say its licence.`);
    return `${`${name}@${version}`.padEnd(50)} ${license}\n`;
  });
}

function manifestOf(name: string): string {
  return join(ROOT, 'node_modules', name, 'package.json');
}
