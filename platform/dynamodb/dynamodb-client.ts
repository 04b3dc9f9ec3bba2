import type { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { optionalEnv, requiredEnv } from '../env.ts';

/**
 * Returns a client of DynamoDB with every setting that a Lambda's environment gives: those left out would be searched for in the
 * environment and in files of a profile, at the first call.
 */
export function dynamodbClient(): DynamoDBClient {
  const endpoint = optionalEnv('AWS_ENDPOINT_URL_DYNAMODB') ?? optionalEnv('AWS_ENDPOINT_URL');
  const sessionToken = optionalEnv('AWS_SESSION_TOKEN');
  return new DynamoDBClient({
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
}

/** Reads an answer. The client's own collector first asks whether it is a web stream, for which Node loads those. */
async function bytesOf(stream: Readable): Promise<Uint8Array> {
  return Buffer.concat(await stream.toArray());
}
