import { optionalEnv } from '../env.ts';

/** Returns the X-Ray trace header of the current invocation, https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
export function xrayHeader(): string | undefined {
  return optionalEnv('_X_AMZN_TRACE_ID');
}

const XRAY = /Root=1-([0-9a-f]{8})-([0-9a-f]{24});.*Parent=([0-9a-f]{16})(?:;.*Sampled=([01]))?/;

/** Converts an X-Ray header to a W3C traceparent; undefined if it is not valid. */
export function traceparentOfXray(header: string | undefined): string | undefined {
  const [, epoch, unique, parent, sampled = '0'] = XRAY.exec(header ?? '') ?? [];
  return epoch && `00-${epoch}${unique}-${parent}-0${sampled}`;
}
