import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { graphPath } from '../build/discover.ts';
import { importerOf } from '../operator/graph-data.ts';
import { fail, portFrom } from './arguments.ts';
import { runningSystem } from './connection.ts';

const IMPORTER = graphPath('seed/importer.ts');
const HELP = `Usage: npm run import -- FILE [--port N]

Loads a file into the running system, by the graph's importer (${IMPORTER}). Rows that cannot be used are reported; what
is there already stays.
`;
const BAR = 30;
const MAX_SHOWN = 20;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const [file, ...others] = positionals;
  if (values.help) process.stdout.write(HELP);
  else if (!file || others.length > 0) throw new Error(`Name one file.\n\n${HELP}`);
  else await importFile(file, portFrom(values.port));
} catch (error) {
  fail(error);
}

async function importFile(file: string, port: number): Promise<void> {
  const importer = await importerOf();
  if (!importer) throw new Error(`This graph has no importer: ${IMPORTER} would be one.`);
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  const connection = await runningSystem(port);
  const total = await importer.countRows(file);
  const started = performance.now();
  const report = await importer.importFile(connection, file, { onProgress: (rows) => showProgress(rows, total) });
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
  const seconds = (performance.now() - started) / 1_000;
  for (const { line, reason } of report.bad.slice(0, MAX_SHOWN)) process.stdout.write(`line ${line}: ${reason}\n`);
  if (report.bad.length > MAX_SHOWN) process.stdout.write(`… and ${report.bad.length - MAX_SHOWN} more rows\n`);
  const { imported, existing, bad } = report;
  const rate = Math.round((imported + existing + bad.length) / seconds);
  process.stdout.write(
    `${imported} ${importer.ROWS} imported, ${existing} were there already, ${bad.length} rows left out, in ${seconds.toFixed(1)} s (${rate} rows/s)\n`,
  );
}

function showProgress(rows: number, total: number): void {
  if (!process.stdout.isTTY) return;
  const share = Math.min(1, rows / total);
  const full = Math.round(share * BAR);
  process.stdout.write(
    `\r${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${Math.floor(share * 100)} %  ${rows} of ${total} rows`,
  );
}
