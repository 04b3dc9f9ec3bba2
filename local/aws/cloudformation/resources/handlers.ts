import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AliasShift } from '../alias-shift.ts';
import type { ResourceHandler } from '../resource-handler.ts';
import { isCustom } from '../resource-types.ts';
import type { CustomResources } from './custom-resources.ts';
import { functionHandlers } from './functions.ts';
import { PARAMETER_HANDLERS } from './parameters.ts';
import { tableHandlers } from './tables.ts';

export interface HandlerOptions {
  aliases: AliasShift;
  dynamoDb: () => DynamoDBClient;
  customResources: CustomResources;
}

/** Returns the handler of each resource type; a type that only changes the model of the running system has an empty one. */
export function resourceHandlers({
  aliases,
  dynamoDb,
  customResources,
}: HandlerOptions): (type: string) => ResourceHandler {
  const handlers = { ...functionHandlers(aliases), ...tableHandlers(dynamoDb), ...PARAMETER_HANDLERS };
  return (type) => (isCustom(type) ? customResources : ((handlers as Record<string, ResourceHandler>)[type] ?? {}));
}
