import { devNull } from 'node:os';
import type { Connection } from '../operator/connection.ts';

/**
 * Returns environment variables with which AWS tools use a running system instead of an account. They replace the user's own
 * credentials, so that no call can reach AWS.
 */
export function localAccess({
  aws: { endpoint, region, credentials },
}: Connection): Record<string, string | undefined> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
}
