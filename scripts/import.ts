import { parseArgs } from 'node:util';
import { graphPath } from '../build/discover.ts';
import { type ImportReport, importerOf } from '../operator/graph-data.ts';
import { checkTextFile } from '../operator/text-file.ts';
import { fail, portFrom } from './command-line/arguments.ts';
import { runningSystem } from './connection.ts';

const IMPORTER = graphPath('seed/importer.ts');
const HELP = `Usage: npm run import -- FILE [--port N] [--strict]

Imports a file into the running system with the graph's importer (${IMPORTER}). Skips and reports invalid rows;
keeps existing entries.

  --port N   port of the system (default 4000, or the environment variable PORT)
  --strict   exit with code 1 if rows were skipped
  --help     show this
`;
const BAR = 30;
const MAX_SHOWN = 20;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [file, ...others] = positionals;
  if (values.help) process.stdout.write(HELP);
  else if (!file || others.length > 0) throw new Error(`Name one file.\n\n${HELP}`);
  else await importFile(file, portFrom(values.port), values.strict);
} catch (error) {
  fail(error);
}

async function importFile(file: string, port: number, isStrict: boolean): Promise<void> {
  const importer = await importerOf();
  if (!importer) throw new Error(`This graph has no importer: add ${IMPORTER}.`);
  await checkTextFile(file);
  const connection = await runningSystem(port);
  const total = await importer.countRows(file);
  const started = performance.now();
  let report: ImportReport = { imported: 0, existing: 0, bad: [] };
  const onProgress = (soFar: ImportReport) => {
    report = soFar;
    showProgress(countOf(report), total);
  };
  const printReport = () => {
    if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
    process.stdout.write(`${linesOf(report, importer.ROWS, (performance.now() - started) / 1_000).join('\n')}\n`);
  };
  try {
    report = await importer.importFile(connection, file, { onProgress });
  } catch (error) {
    // Rows before the failure are imported.
    if (countOf(report) > 0) printReport();
    throw error;
  }
  printReport();
  const { unreadable } = report;
  if (unreadable)
    throw new Error(`${file}, line ${unreadable.line}: ${unreadable.reason}. The rest of the file was not read.`);
  if (isStrict && report.bad.length > 0) process.exitCode = 1;
}

/** Returns a line for each skipped row, and a summary. */
function linesOf(report: ImportReport, rows: string, seconds: number): string[] {
  const { imported, existing, bad } = report;
  const rate = Math.round(countOf(report) / seconds);
  return [
    ...bad.slice(0, MAX_SHOWN).map(({ line, reason }) => `line ${line}: ${reason}`),
    ...(bad.length > MAX_SHOWN ? [`… and ${bad.length - MAX_SHOWN} more rows`] : []),
    `${imported} ${rows} imported, ${existing} already existed, ${bad.length} ${bad.length === 1 ? 'row' : 'rows'} skipped, in ${seconds.toFixed(1)} s (${rate} rows/s)`,
  ];
}

function countOf({ imported, existing, bad }: ImportReport): number {
  return imported + existing + bad.length;
}

function showProgress(rows: number, total: number): void {
  if (!process.stdout.isTTY) return;
  const share = Math.min(1, rows / total);
  const full = Math.round(share * BAR);
  process.stdout.write(
    `\r${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${Math.floor(share * 100)} %  ${rows} of ${total} rows`,
  );
}
