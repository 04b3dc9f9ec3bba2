import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#platform/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { ASSEMBLY } from '../build/build.ts';
import { systemModel } from '../local/assembly/system-model.ts';

/** Makes a new, empty table just as the infrastructure declares the one of a service. */
export async function testTable(service: string): Promise<{ client: DynamoDBDocumentClient; name: string }> {
  const declared = systemModel(ASSEMBLY).tables.find(({ name }) => name.endsWith(`-${service}`));
  if (!declared) throw new Error(`The cloud assembly has no table of ${service}`);
  const client = new DynamoDBClient({
    endpoint: requiredEnv('TEST_DYNAMODB'),
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const name = `${service}-${randomUUID()}`;
  await client.send(new CreateTableCommand({ ...declared.create, TableName: name }));
  return { client: documentClient(client), name };
}
