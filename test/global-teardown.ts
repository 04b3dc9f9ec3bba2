import { rmSync } from 'node:fs';

/** Stops the DynamoDB emulator of the store tests. */
export default async function teardown(): Promise<void> {
  await globalThis.dynamoDb.stop();
  for (const directory of [globalThis.testData, globalThis.compileCache]) rmSync(directory, { recursive: true });
}
