import type { SignedRequest } from './iam/sigv4.ts';

/** A call of an AWS service, its signature verified. */
export type AwsRequest = SignedRequest;

export interface AwsResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}
