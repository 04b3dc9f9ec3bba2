import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Extension = (client: DynamoDBClient) => void;

const clients: DynamoDBClient[] = [];
let extension: Extension | undefined;

/** Registers a client of this environment for `extendClients`; returns it. */
export function extensibleClient(client: DynamoDBClient): DynamoDBClient {
  clients.push(client);
  extension?.(client);
  return client;
}

/** Applies an extension to all clients of this environment, also to later ones. */
export function extendClients(extend: Extension): void {
  extension = extend;
  clients.forEach(extend);
}
