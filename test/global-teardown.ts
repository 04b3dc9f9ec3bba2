/** Stops the DynamoDB emulator of the store tests. */
export default async function teardown(): Promise<void> {
  await globalThis.dynamoDb.stop();
}
