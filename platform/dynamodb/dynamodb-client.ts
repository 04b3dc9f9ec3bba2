import type { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { optionalEnv, requiredEnv } from '../env.ts';
import { extensibleClient } from './client-extension.ts';

/**
 * Returns a DynamoDB client with all settings from the Lambda environment. The SDK would otherwise search for omitted settings
 * in the environment and in profile files at the first call.
 */
export function dynamodbClient(): DynamoDBClient {
  const endpoint = optionalEnv('AWS_ENDPOINT_URL_DYNAMODB') ?? optionalEnv('AWS_ENDPOINT_URL');
  const sessionToken = optionalEnv('AWS_SESSION_TOKEN');
  const client = new DynamoDBClient({
    region: requiredEnv('AWS_REGION'),
    credentials: {
      accessKeyId: requiredEnv('AWS_ACCESS_KEY_ID'),
      secretAccessKey: requiredEnv('AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken && { sessionToken }),
    },
    ...(endpoint && { endpoint }),
    defaultsMode: 'standard',
    maxAttempts: 3,
    retryMode: 'standard',
    accountIdEndpointMode: 'disabled',
    authSchemePreference: [],
    disableClockSkewCorrection: false,
    endpointDiscoveryEnabled: false,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: '',
    streamCollector: bytesOf,
  });
  return extensibleClient(client);
}

/** Reads a response. The SDK's collector would first check for a web stream, which makes Node load web streams. */
async function bytesOf(stream: Readable): Promise<Uint8Array> {
  return Buffer.concat(await stream.toArray());
}
