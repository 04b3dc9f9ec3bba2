import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamodbClient } from './dynamodb-client.ts';

/** Returns the DynamoDB client of a Lambda: accepts and returns plain values; omits `undefined` attributes. */
export function documentClient(client = dynamodbClient()): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
