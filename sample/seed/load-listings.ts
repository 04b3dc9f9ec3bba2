import { type Connection, Operator } from '../../operator/connection.ts';
import type { ImportOptions, ImportReport } from '../../operator/graph-data.ts';
import { registerUsers } from '../../operator/register-users.ts';
import { type ListingRow, readListingRows, UnreadableRow } from './listing-rows.ts';

export interface LoadOptions extends ImportOptions {
  /** Ids of listings for the front page. */
  featured?: Set<string>;
}

interface ServiceReport {
  imported: number;
  existing: number;
  rejected: { id: string; reason: string }[];
}

const BATCH = 250;
const CONCURRENCY = 1;

const IMPORT_LISTINGS = `mutation ImportListings($rows: [ImportedListing!]!) {
  report: importListings(listings: $rows) { imported existing rejected { id reason } }
}`;
const IMPORT_USERS = `mutation ImportUsers($rows: [ImportedUser!]!) {
  report: importUsers(users: $rows) { imported existing rejected { id reason } }
}`;

/** Imports a listings file into a running system: hosts into accounts, listings into listings. Existing ones are not changed. */
export async function loadListings(
  connection: Connection,
  file: string,
  options: LoadOptions = {},
): Promise<ImportReport> {
  const operator = new Operator(connection);
  const report: ImportReport = { imported: 0, existing: 0, bad: [] };
  const knownHosts = new Set<string>();

  async function send(rows: ListingRow[]): Promise<void> {
    const hosts = rows.map(({ host }) => host).filter(({ id }) => !knownHosts.has(id) && knownHosts.add(id));
    const listings = rows.map(({ listing }) => ({ ...listing, featured: options.featured?.has(listing.id) ?? false }));
    const [result] = await Promise.all([
      operator.run<{ report: ServiceReport }>('listings', IMPORT_LISTINGS, { rows: listings }),
      operator.run('accounts', IMPORT_USERS, { rows: hosts }),
      registerUsers(
        connection,
        hosts.map(({ id, email, name }) => ({ id, email, name, groups: ['host'] })),
      ),
    ]);
    const lineOf = new Map(rows.map(({ line, listing }) => [listing.id, line]));
    report.imported += result.report.imported;
    report.existing += result.report.existing;
    report.bad.push(...result.report.rejected.map(({ id, reason }) => ({ line: lineOf.get(id) ?? 0, reason })));
    options.onProgress?.(report);
  }

  await inBatches(validRows(file, report), send);
  report.bad.sort((a, b) => a.line - b.line);
  return report;
}

/** Yields valid rows and reports invalid ones. Stops at an unreadable row. */
async function* validRows(file: string, report: ImportReport): AsyncGenerator<ListingRow> {
  try {
    for await (const row of readListingRows(file)) {
      if ('reason' in row) report.bad.push(row);
      else yield row;
    }
  } catch (error) {
    if (!(error instanceof UnreadableRow)) throw error;
    report.unreadable = error.row;
  }
}

/** Sends rows in batches, with limited concurrency. */
async function inBatches(
  rows: AsyncGenerator<ListingRow>,
  send: (batch: ListingRow[]) => Promise<void>,
): Promise<void> {
  async function worker(): Promise<void> {
    for (let batch = await nextBatch(rows); batch.length > 0; batch = await nextBatch(rows)) await send(batch);
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

async function nextBatch(rows: AsyncGenerator<ListingRow>): Promise<ListingRow[]> {
  const batch: ListingRow[] = [];
  while (batch.length < BATCH) {
    const { value, done } = await rows.next();
    if (done) break;
    batch.push(value);
  }
  return batch;
}
