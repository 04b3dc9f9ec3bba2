import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { visualizer } from 'esbuild-visualizer';
import { bundles } from '../build/bundle.ts';
import { type BundleReport, budgetOf, reportOn } from '../build/bundle-report.ts';
import { NO_SERVICE_YET, ROOT } from '../build/discover.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run bundles -- [NAME …] [options]

Shows the bundle size of each Lambda, or of those named, by package; fails if one exceeds its budget
(build/bundle-report.ts). Sizes are KB of minified code: "at start" is loaded at cold start, the rest on demand.

  --all          list all packages, not only the largest
  --licences     list the bundled third-party packages with version and licence
  --html FILE    write a treemap of one named Lambda
  --help         show this
`;
const MAX_PACKAGES = 12;

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

interface Options {
  all: boolean;
  licences: boolean;
  html?: string;
}

async function show(names: string[], { all, licences, html }: Options): Promise<void> {
  const known = bundles();
  if (known.length === 0) return void process.stdout.write(`${NO_SERVICE_YET}\n`);
  const unknown = names.find((name) => !known.some((each) => each.name === name));
  if (unknown)
    throw new Error(`There is no Lambda "${unknown}". The Lambdas are ${known.map(({ name }) => name).join(', ')}.`);
  if (html && names.length !== 1)
    throw new Error(`Name one Lambda for the treemap: npm run bundles -- gateway --html ${html}`);
  const reports = await Promise.all(
    known.filter(({ name }) => names.length === 0 || names.includes(name)).map(reportOn),
  );
  if (licences) return void process.stdout.write(licenceLines(reports).join(''));
  const count = names.length > 0 ? MAX_PACKAGES : 3;
  for (const report of reports) process.stdout.write(`${describe(report, count, all)}\n`);
  if (html && reports[0])
    writeFileSync(html, await visualizer(reports[0].metafile, { title: names[0] ?? '', template: 'treemap' }));
  const oversized = reports.filter(exceedsBudget).map(({ name }) => name);
  if (oversized.length > 0) throw new Error(`Over the budget in build/bundle-report.ts: ${oversized.join(', ')}`);
}

function describe(report: BundleReport, count: number, all: boolean): string {
  const { name, atStart, total, packages } = report;
  const budget = budgetOf(name);
  const mark = exceedsBudget(report) ? '✗' : '✓';
  const head = `${mark} ${name.padEnd(30)} ${kb(atStart)} of ${kb(budget.atStart)} at start ${kb(total)} of ${kb(budget.total)} total`;
  const shown = all ? packages : packages.slice(0, count);
  const lines = shown.map(
    (each) => `    ${each.name.padEnd(28)} ${kb(each.atStart)}${' '.repeat(24)}${kb(each.bytes)}`,
  );
  return [styleText('bold', head), ...lines].join('\n');
}

function exceedsBudget({ name, atStart, total }: BundleReport): boolean {
  const budget = budgetOf(name);
  return atStart > budget.atStart || total > budget.total;
}

function kb(bytes: number): string {
  return `${Math.round(bytes / 1_000)} KB`.padStart(8);
}

/** Returns one line per package; throws if a package declares no licence. */
function licenceLines(reports: BundleReport[]): string[] {
  const names = new Set(reports.flatMap(({ packages }) => packages.map(({ name }) => name)));
  const installed = [...names].filter((name) => existsSync(manifestOf(name))).sort();
  return installed.map((name) => {
    const { version, license } = JSON.parse(readFileSync(manifestOf(name), 'utf8')) as Record<string, unknown>;
    if (typeof license !== 'string') throw new Error(`The package ${name} declares no licence.`);
    return `${`${name}@${version}`.padEnd(50)} ${license}\n`;
  });
}

function manifestOf(name: string): string {
  return join(ROOT, 'node_modules', name, 'package.json');
}
