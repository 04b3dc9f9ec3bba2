import {
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';

/** A subgraph's table as its configuration declares it. */
export interface DeclaredTable {
  subgraph: string;
  tableName: string;
  /** SSM parameter that its stack has. */
  schemaParameter: string;
  config: SubgraphConfig['table'];
}

export interface TableCheckClients {
  dynamoDb: DynamoDBClient;
  ssm: SSMClient;
}

/**
 * Compares declared tables with those that are deployed; returns what CloudFormation would refuse, or what would leave data
 * behind, each with what to do.
 */
export async function tableProblems(tables: DeclaredTable[], clients: TableCheckClients): Promise<string[]> {
  const problems = await Promise.all(tables.map((table) => problemsOf(table, clients)));
  return problems.flat();
}

async function problemsOf(table: DeclaredTable, { dynamoDb, ssm }: TableCheckClients): Promise<string[]> {
  const { subgraph, tableName, schemaParameter, config } = table;
  const [deployed, hasStack] = await Promise.all([describe(dynamoDb, tableName), hasParameter(ssm, schemaParameter)]);
  const say = (text: string) => `${subgraph}: ${text}`;
  if (!deployed && hasStack)
    return [
      say(
        `the table is renamed to ${tableName}. CloudFormation would create a new, empty table and leave the data in the old one. Keep the name, or deploy a new service and replay its events.`,
      ),
    ];
  if (!deployed) return [];
  if (!hasStack)
    return [
      say(
        `the table ${tableName} exists, left by a stack that was removed, so its creation would be refused ("already exists"). Import it into the stack with "cdk import", or delete it if its data is not needed.`,
      ),
    ];
  return [...keyProblems(config, deployed), ...indexProblems(config, deployed)].map(say);
}

function keyProblems(config: SubgraphConfig['table'], deployed: TableDescription): string[] {
  if (keyOf(deployed) === declaredKey(config)) return [];
  return [
    `the key of table ${deployed.TableName} changes from (${keyOf(deployed)}) to (${declaredKey(config)}), which needs a new table, and CloudFormation does not replace a named one. Keep the key, or deploy a new service and replay its events.`,
  ];
}

function indexProblems({ indexes = [] }: SubgraphConfig['table'], deployed: TableDescription): string[] {
  const current = new Map(deployed.GlobalSecondaryIndexes?.map((index) => [index.IndexName ?? '', keyOf(index)]));
  const declared = new Map(indexes.map((index) => [index.name, declaredKey(index)]));
  const created = [...declared.keys()].filter((name) => !current.has(name));
  const deleted = [...current.keys()].filter((name) => !declared.has(name));
  const changed = [...declared].filter(([name, key]) => current.has(name) && current.get(name) !== key);
  const problems = changed.map(
    ([name]) => `the key of index ${name} changes. Declare an index with another name, deploy, then remove ${name}.`,
  );
  if (created.length + deleted.length <= 1) return problems;
  const changes = [...created.map((name) => `creates ${name}`), ...deleted.map((name) => `deletes ${name}`)];
  return [
    ...problems,
    `one update ${changes.join(', ')}, but DynamoDB creates or deletes one index per update. Deploy them one after the other.`,
  ];
}

function keyOf({ KeySchema = [] }: Pick<TableDescription, 'KeySchema'>): string {
  return KeySchema.map(({ AttributeName }) => AttributeName).join(', ');
}

function declaredKey({ partitionKey, sortKey }: { partitionKey: string; sortKey?: string }): string {
  return [partitionKey, ...(sortKey ? [sortKey] : [])].join(', ');
}

async function describe(client: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function hasParameter(client: SSMClient, Name: string): Promise<boolean> {
  try {
    await client.send(new GetParameterCommand({ Name }));
    return true;
  } catch (error) {
    if (error instanceof ParameterNotFound) return false;
    throw error;
  }
}
