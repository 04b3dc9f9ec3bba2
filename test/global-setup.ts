import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../local/aws/dynamodb/emulator.ts';
import { IAM_USE } from '../operator/iam-use.ts';

declare global {
  var dynamoDb: Emulator;
}

/** Starts the DynamoDB emulator that store tests share; each test has separate tables. */
export default async function setup(): Promise<void> {
  globalThis.dynamoDb = await startEmulator({ file: join(mkdtempSync(join(tmpdir(), 'stores-')), 'dynamodb.db') });
  rmSync(IAM_USE, { recursive: true, force: true });
  process.env.TEST_DYNAMODB = globalThis.dynamoDb.endpoint;
  // Tests provoke thousands of errors.
  process.env.POWERTOOLS_LOG_LEVEL ??= 'SILENT';
}
