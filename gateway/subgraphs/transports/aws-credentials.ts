import type { Credentials } from 'aws4';
import { optionalEnv, requiredEnv } from '#platform/env.ts';

/** Region and credentials of a function. */
export interface AwsIdentity {
  region: string;
  credentials: Credentials;
}

/** Returns the region and the credentials of this function, from its environment. */
export function functionIdentity(): AwsIdentity {
  const sessionToken = optionalEnv('AWS_SESSION_TOKEN');
  const credentials = {
    accessKeyId: requiredEnv('AWS_ACCESS_KEY_ID'),
    secretAccessKey: requiredEnv('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken && { sessionToken }),
  };
  return { region: requiredEnv('AWS_REGION'), credentials };
}
