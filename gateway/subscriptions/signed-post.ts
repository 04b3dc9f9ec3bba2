import { sign } from 'aws4';
import { type AwsIdentity, functionIdentity } from '../subgraphs/transports/aws-credentials.ts';
import { exchange, optionsFor, type RawResponse } from '../subgraphs/transports/exchange.ts';
import { TimeLimit } from '../subgraphs/transports/time-limit.ts';

/** A request to a service of AWS. */
export interface AwsRequest {
  method: 'POST' | 'DELETE';
  url: URL;
  service: string;
  headers?: Record<string, string>;
  body: string;
  /** Milliseconds. */
  timeout: number;
}

/** Sends a request; rejects if the service does not respond in time. */
export type SendToAws = (request: AwsRequest) => Promise<RawResponse>;

/**
 * Returns a sender of requests that are signed with the function's credentials. The SDK's clients of API Gateway and SQS would
 * load another 200 KB for one call each.
 */
export function awsSender({ region, credentials }: AwsIdentity = functionIdentity()): SendToAws {
  return async ({ method, url, service, headers = {}, body, timeout }) => {
    const path = `${url.pathname}${url.search}`;
    const signed = sign({ host: url.host, method, path, service, region, headers, body }, credentials);
    const limit = new TimeLimit(timeout);
    try {
      return await exchange({ ...optionsFor(url), method, path, headers: signed.headers ?? {} }, body, limit);
    } finally {
      limit.clear();
    }
  };
}
