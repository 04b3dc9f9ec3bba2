import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamodbClient } from './dynamodb-client.ts';

/** Returns the DynamoDB client of a Lambda: plain values in and out, `undefined` attributes left away. */
export function documentClient(client = dynamodbClient()): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
