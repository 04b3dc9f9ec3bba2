import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../local/aws/dynamodb/emulator.ts';
import { IAM_USE } from '../operator/iam-use.ts';

declare global {
  var dynamoDb: Emulator;
  /** The directory of data that tests share. */
  var testData: string;
  /** The directory of modules that test processes compiled. */
  var compileCache: string;
}

/** Starts the DynamoDB emulator that store tests share; each test has separate tables. */
export default async function setup(): Promise<void> {
  globalThis.dynamoDb = await startEmulator({ file: join(mkdtempSync(join(tmpdir(), 'stores-')), 'dynamodb.db') });
  rmSync(IAM_USE, { recursive: true, force: true });
  process.env.TEST_DYNAMODB = globalThis.dynamoDb.endpoint;
  globalThis.testData = mkdtempSync(join(tmpdir(), 'data-'));
  process.env.TEST_DATA = globalThis.testData;
  // Copies of the project would leave their compiled modules in the project's own cache.
  globalThis.compileCache = mkdtempSync(join(tmpdir(), 'compiled-'));
  process.env.NODE_COMPILE_CACHE = globalThis.compileCache;
  // Tests provoke thousands of errors.
  process.env.POWERTOOLS_LOG_LEVEL ??= 'SILENT';
}
