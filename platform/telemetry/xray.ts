import { optionalEnv } from '../env.ts';

/** Lambda's own trace of this invocation, https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
export function xrayHeader(): string | undefined {
  return optionalEnv('_X_AMZN_TRACE_ID');
}

const XRAY = /Root=1-([0-9a-f]{8})-([0-9a-f]{24});.*Parent=([0-9a-f]{16})(?:;.*Sampled=([01]))?/;

/** The same trace in the W3C's words; undefined if the header is no X-Ray trace. */
export function traceparentOfXray(header: string | undefined): string | undefined {
  const [, epoch, unique, parent, sampled = '0'] = XRAY.exec(header ?? '') ?? [];
  return epoch && `00-${epoch}${unique}-${parent}-0${sampled}`;
}
