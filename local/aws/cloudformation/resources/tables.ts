import {
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { tableOf } from '../../../assembly/read-tables.ts';
import { ensureTables } from '../../dynamodb/tables.ts';
import type { ResourceHandler } from '../resource-handler.ts';
import { handlerFailed } from '../stack-error.ts';

type Properties = Record<string, unknown>;

const TOO_MANY_INDEXES = 'Cannot perform more than one GSI creation or deletion in a single update';

/** Tables in the local DynamoDB. */
export function tableHandlers(dynamoDb: () => DynamoDBClient): Record<string, ResourceHandler> {
  const handler: ResourceHandler = {
    create: async ({ properties, type }) => {
      const name = String(properties.TableName);
      if (await exists(dynamoDb(), name))
        throw handlerFailed(`Resource of type '${type}' with identifier '${name}' already exists.`, 'AlreadyExists');
      await ensureTables(dynamoDb(), [tableOf(properties)]);
      return undefined;
    },
    update: async ({ properties, before = {} }) => {
      if (changedIndexes(before, properties) > 1) throw handlerFailed(TOO_MANY_INDEXES, 'InvalidRequest');
      await ensureTables(dynamoDb(), [tableOf(properties)]);
      return undefined;
    },
    delete: async ({ properties }) => {
      const name = String(properties.TableName);
      if (isProtected(properties))
        throw handlerFailed(
          `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
          'InvalidRequest',
        );
      if (await exists(dynamoDb(), name)) await dynamoDb().send(new DeleteTableCommand({ TableName: name }));
    },
  };
  return { 'AWS::DynamoDB::Table': handler, 'AWS::DynamoDB::GlobalTable': handler };
}

/** Returns how many global indexes an update creates and deletes. */
function changedIndexes(before: Properties, after: Properties): number {
  const [old, wanted] = [indexNames(before), indexNames(after)];
  return old.filter((name) => !wanted.includes(name)).length + wanted.filter((name) => !old.includes(name)).length;
}

function indexNames({ GlobalSecondaryIndexes }: Properties): string[] {
  return ((GlobalSecondaryIndexes ?? []) as { IndexName: string }[]).map(({ IndexName }) => IndexName);
}

function isProtected({ DeletionProtectionEnabled, Replicas }: Properties): boolean {
  const replicas = (Replicas ?? []) as { DeletionProtectionEnabled?: boolean }[];
  return DeletionProtectionEnabled === true || replicas.some((each) => each.DeletionProtectionEnabled === true);
}

async function exists(client: DynamoDBClient, TableName: string): Promise<boolean> {
  try {
    await client.send(new DescribeTableCommand({ TableName }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}
